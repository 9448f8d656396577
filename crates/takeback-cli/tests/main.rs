//! The one binary of tests of the command line.

#[cfg(test)]
mod audit;
#[cfg(test)]
mod bundle;
#[cfg(test)]
mod cli;
#[cfg(test)]
mod stores;
#[cfg(test)]
mod transcript;
#[cfg(test)]
mod tutorial;
