//! Words that columns write, each with what it means, so that documents and tests have them from the same table.

/// An enumeration with its words, and what each means, from one table.
macro_rules! words {
    ($(#[doc = $doc:literal])+ $type:ident { $($variant:ident $word:literal $about:literal;)+ }) => {
        $(#[doc = $doc])+
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $type { $(#[doc = $about] $variant),+ }

        impl $type {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// As columns write it.
            pub const fn word(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }

            /// What it means, in a sentence.
            pub const fn about(self) -> &'static str {
                match self { $(Self::$variant => $about),+ }
            }
        }
    };
}
pub(crate) use words;
