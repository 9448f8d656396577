//! The answers as a Parquet file, row by row as they were read: what `judge.sql` writes too.

use std::fs::File;
use std::path::Path;
use std::sync::Arc;

use arrow::array::{ArrayRef, Int64Builder, RecordBatch, StringBuilder};
use parquet::arrow::ArrowWriter;
use parquet::basic::Compression;
use parquet::file::properties::WriterProperties;

use super::rules::{Answer, Judged};

/// Answers in columns.
#[derive(Default)]
pub(crate) struct Rows {
    channel: StringBuilder,
    order: Int64Builder,
    item: StringBuilder,
    outcome: StringBuilder,
    expected: Int64Builder,
    given: Int64Builder,
    difference: Int64Builder,
    elsewhere: Int64Builder,
}

impl Rows {
    pub(crate) fn add(&mut self, channel: &str, order: Option<i64>, item: &str, judged: Judged) {
        let (outcome, expected) = match judged.answer {
            Answer::Accept(refund) => ("accept", Some(refund)),
            Answer::Refer(refund) => ("refer", Some(refund)),
            Answer::Decline => ("decline", Some(0)),
            Answer::Undetermined => ("undetermined", None),
        };
        self.channel.append_value(channel);
        self.order.append_option(order);
        self.item.append_value(item);
        self.outcome.append_value(outcome);
        self.expected.append_option(expected);
        self.given.append_option(judged.given);
        self.difference.append_option(judged.difference);
        self.elsewhere.append_option(judged.elsewhere);
    }

    fn batch(mut self) -> RecordBatch {
        let columns: [(&str, ArrayRef); 8] = [
            ("channel", Arc::new(self.channel.finish())),
            ("order_no", Arc::new(self.order.finish())),
            ("item_id", Arc::new(self.item.finish())),
            ("outcome", Arc::new(self.outcome.finish())),
            ("expected", Arc::new(self.expected.finish())),
            ("given", Arc::new(self.given.finish())),
            ("difference", Arc::new(self.difference.finish())),
            ("elsewhere", Arc::new(self.elsewhere.finish())),
        ];
        RecordBatch::try_from_iter_with_nullable(columns.map(|(name, column)| (name, column, true)))
            .expect("columns of one length")
    }
}

/// Writes answers into a file.
pub(crate) struct Writer<'a> {
    path: &'a Path,
    writer: Option<ArrowWriter<File>>,
    rows: usize,
}

impl<'a> Writer<'a> {
    pub(crate) fn new(path: &'a Path) -> Self {
        Self { path, writer: None, rows: 0 }
    }

    pub(crate) fn write(&mut self, all: Vec<Rows>) {
        all.into_iter().for_each(|rows| self.batch(&rows.batch()));
    }

    fn batch(&mut self, batch: &RecordBatch) {
        self.rows += batch.num_rows();
        let path = self.path;
        let writer = self.writer.get_or_insert_with(|| {
            let properties = WriterProperties::builder().set_compression(Compression::SNAPPY).build();
            ArrowWriter::try_new(File::create(path).expect("a new file"), batch.schema(), Some(properties))
                .expect("a writer")
        });
        writer.write(batch).expect("room on the disk");
    }

    pub(crate) fn close(self) -> usize {
        if let Some(writer) = self.writer {
            writer.close().expect("room on the disk");
        }
        self.rows
    }
}
