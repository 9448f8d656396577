//! The one binary of integration tests. Each module runs one corpus of files; `UPDATE=1 cargo test` writes what the
//! corpora expect anew.

#[cfg(test)]
mod adjusted;
#[cfg(test)]
mod answers;
#[cfg(test)]
mod bad_input;
#[cfg(test)]
mod bundles;
#[cfg(test)]
mod calendars;
#[cfg(test)]
mod cases;
#[cfg(test)]
mod complete;
#[cfg(test)]
mod diagnostics;
#[cfg(test)]
mod docs;
#[cfg(test)]
mod growth;
#[cfg(test)]
mod peer;
#[cfg(test)]
mod record;
#[cfg(test)]
mod reference;
#[cfg(test)]
mod request;
#[cfg(test)]
mod scale;
#[cfg(test)]
mod scenarios;
#[cfg(test)]
mod schemas;
#[cfg(test)]
mod syntax;
#[cfg(test)]
mod tau;
#[cfg(test)]
mod tidy;
#[cfg(test)]
mod translations;
#[cfg(test)]
mod words;
#[cfg(test)]
mod zones;
