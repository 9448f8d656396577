//! Parquet files: written, put one after the other, and read again.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{BufWriter, Write};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use arrow::array::RecordBatchReader;
use arrow::compute::concat_batches;
use arrow::datatypes::Schema;
use arrow::error::ArrowError;
use arrow::record_batch::RecordBatch;
use parquet::arrow::arrow_reader::{ArrowReaderOptions, ParquetRecordBatchReaderBuilder, RowSelection};
use parquet::arrow::{ArrowSchemaConverter, ArrowWriter};
use parquet::basic::{Compression, Type, ZstdLevel};
use parquet::column::writer::ColumnCloseResult;
use parquet::errors::ParquetError;
use parquet::file::metadata::{PageIndexPolicy, ParquetMetaData, ParquetMetaDataReader};
use parquet::file::properties::{EnabledStatistics, WriterProperties, WriterPropertiesBuilder};
use parquet::file::writer::SerializedFileWriter;

use super::part::visit;
use super::whole::{FileError, Writing, Written, of_arrow, of_parquet};

/// How many rows one group has, and how many bytes before they are packed: a group is in memory until it is whole.
const GROUP: usize = 1 << 16;
const BYTES: usize = 64 << 20;
/// How many rows a page has: whoever wants some rows reads no more pages than they stand in.
const PAGE: usize = 2048;
/// Columns in which texts are seldom the same: looking them up takes longer than writing them.
const MANY: &[&str] = &[
    "visit",
    "return_line",
    "at",
    "paid_to",
    "message",
    "customer",
    "sale",
    "sale.sale",
    "sale.sold",
    "sale.customer",
];

/// A file that is being written.
pub(crate) struct Parquet<W: Write + Send> {
    writer: ArrowWriter<W>,
    path: PathBuf,
    /// What the present group has.
    bytes: usize,
}

impl Parquet<Writing> {
    pub(crate) fn new(file: Writing, schema: &Schema) -> Result<Self, FileError> {
        let path = file.path().to_path_buf();
        Self::to(file, path, schema)
    }

    pub(crate) fn finish(self) -> Result<Written, FileError> {
        let path = self.path;
        self.writer.into_inner().map_err(|error| FileError::writing(&path, of_parquet(error)))?.finish()
    }
}

impl Parquet<BufWriter<File>> {
    /// A file of the work, with the name it is given.
    pub(crate) fn create(path: &Path, schema: &Schema) -> Result<Self, FileError> {
        let file = File::create(path).map_err(|error| FileError::writing(path, error))?;
        Self::to(BufWriter::with_capacity(1 << 17, file), path.to_path_buf(), schema)
    }

    pub(crate) fn close(self) -> Result<(), FileError> {
        let path = self.path;
        let mut file = self.writer.into_inner().map_err(|error| FileError::writing(&path, of_parquet(error)))?;
        file.flush().map_err(|error| FileError::writing(&path, error))
    }
}

impl<W: Write + Send> Parquet<W> {
    fn to(file: W, path: PathBuf, schema: &Schema) -> Result<Self, FileError> {
        let failed = |error| FileError::writing(&path, of_parquet(error));
        let mut properties = properties().map_err(failed)?;
        let columns = ArrowSchemaConverter::new().convert(schema).map_err(failed)?;
        for column in columns.columns() {
            let name = column.path().parts().last().map_or("", String::as_str);
            let is_text = column.physical_type() == Type::BYTE_ARRAY;
            if !is_text || MANY.contains(&name) {
                properties = properties.set_column_dictionary_enabled(column.path().clone(), false);
            }
            // Rows are in the order of time; of other texts, and of amounts, every group has nearly all.
            let is_amount = column.physical_type() == Type::FIXED_LEN_BYTE_ARRAY;
            if is_amount || is_text && name != "at" {
                properties = properties.set_column_statistics_enabled(column.path().clone(), EnabledStatistics::None);
            }
        }
        let writer = ArrowWriter::try_new(file, Arc::new(schema.clone()), Some(properties.build())).map_err(failed)?;
        Ok(Self { writer, path, bytes: 0 })
    }

    pub(crate) fn write(&mut self, batch: &RecordBatch) -> Result<(), FileError> {
        let failed = |error| FileError::writing(&self.path, of_parquet(error));
        self.writer.write(batch).map_err(failed)?;
        let more = bytes(batch).map_err(|error| FileError::writing(&self.path, of_arrow(error)))?;
        // What was there before is in a group of its own where this began another.
        self.bytes = if self.writer.in_progress_rows() > batch.num_rows() { self.bytes + more } else { more };
        if self.bytes >= BYTES {
            self.writer.flush().map_err(failed)?;
            self.bytes = 0;
        }
        Ok(())
    }
}

/// How long the values of a batch are, however much is set aside for them.
fn bytes(batch: &RecordBatch) -> Result<usize, ArrowError> {
    batch.columns().iter().map(|column| column.to_data().get_slice_memory_size()).sum()
}

fn properties() -> Result<WriterPropertiesBuilder, ParquetError> {
    Ok(WriterProperties::builder()
        .set_compression(Compression::ZSTD(ZstdLevel::try_new(1)?))
        .set_max_row_group_row_count(Some(GROUP))
        .set_data_page_row_count_limit(PAGE)
        .set_statistics_enabled(EnabledStatistics::Chunk)
        .set_created_by(concat!("takeback ", env!("CARGO_PKG_VERSION")).to_owned()))
}

/// Files of the same columns, one after the other: their groups as they are. Of no file, an empty one of a schema.
pub(crate) fn chained(out: Writing, files: &[PathBuf], none: &Schema) -> Result<Written, FileError> {
    let Some(first) = files.first() else { return Parquet::new(out, none)?.finish() };
    let to = out.path().to_path_buf();
    let failed = |error| FileError::writing(&to, of_parquet(error));
    let about = open(first)?.1;
    let known = about.file_metadata();
    let properties = properties().map_err(failed)?.set_key_value_metadata(known.key_value_metadata().cloned());
    let schema = known.schema_descr().root_schema_ptr();
    let mut writer = SerializedFileWriter::new(out, schema, Arc::new(properties.build())).map_err(failed)?;
    for path in files {
        let (file, about) = open(path)?;
        groups(&file, &about, &mut writer).map_err(failed)?;
    }
    writer.into_inner().map_err(failed)?.finish()
}

fn open(path: &Path) -> Result<(File, ParquetMetaData), FileError> {
    let file = File::open(path).map_err(|error| FileError::reading(path, error))?;
    let about = ParquetMetaDataReader::new().with_page_index_policy(PageIndexPolicy::Optional).parse_and_finish(&file);
    Ok((file, about.map_err(|error| FileError::reading(path, of_parquet(error)))?))
}

fn groups(file: &File, about: &ParquetMetaData, out: &mut SerializedFileWriter<Writing>) -> Result<(), ParquetError> {
    let index = about.page_index();
    for (number, group) in about.row_groups().iter().enumerate() {
        let mut to = out.next_row_group()?;
        for (place, column) in group.columns().iter().enumerate() {
            let written = ColumnCloseResult {
                bytes_written: u64::try_from(column.compressed_size()).unwrap_or_default(),
                rows_written: u64::try_from(group.num_rows()).unwrap_or_default(),
                metadata: column.clone(),
                bloom_filter: None,
                column_index: index.and_then(|index| index.column_index(number, place)).cloned(),
                offset_index: index.and_then(|index| index.offset_index(number, place)).cloned(),
            };
            to.append_column(file, written)?;
        }
        to.close()?;
    }
    Ok(())
}

/// Some rows of a file.
pub(crate) fn rows(path: &Path, from: usize, count: usize) -> Result<RecordBatch, FileError> {
    ranges(path, std::slice::from_ref(&(from..from + count)))
}

/// The rows of some ranges of a file, which are in their order and apart.
fn ranges(path: &Path, ranges: &[Range<usize>]) -> Result<RecordBatch, FileError> {
    let failed = |error| FileError::reading(path, of_parquet(error));
    let file = File::open(path).map_err(|error| FileError::reading(path, error))?;
    let options = ArrowReaderOptions::new().with_page_index_policy(PageIndexPolicy::Optional);
    let reader = ParquetRecordBatchReaderBuilder::try_new_with_options(file, options).map_err(failed)?;
    let all = usize::try_from(reader.metadata().file_metadata().num_rows()).unwrap_or_default();
    let inside = ranges.iter().map(|range| range.start.min(all)..range.end.min(all));
    let reader = reader.with_row_selection(RowSelection::from_consecutive_ranges(inside, all));
    let reader = reader.build().map_err(failed)?;
    let schema = reader.schema();
    let all = reader.collect::<Result<Vec<_>, _>>().and_then(|all| concat_batches(&schema, &all));
    all.map_err(|error| FileError::reading(path, of_arrow(error)))
}

/// How many rows before a row, and from it on, are read to find its visit: most have few lines, and hardly any more than the last.
const AROUND: [usize; 2] = [128, 8192];
/// The same where the visits of many rows are read, and of how many at a time.
const NEAR: usize = 8;
const AT_ONCE: usize = 32;

/// The cases of the visit of a row of a file of cases.
pub(crate) fn visit_of(path: &Path, row: usize) -> Result<RecordBatch, FileError> {
    let mut found = RecordBatch::new_empty(Arc::new(Schema::empty()));
    for around in AROUND {
        let from = row.saturating_sub(around);
        found = visit(&rows(path, from, 2 * around)?, row - from);
        // One with as many lines may go on beyond what was read.
        if found.num_rows() < around {
            break;
        }
    }
    Ok(found)
}

/// The cases of the visits of some rows, each of them: a page is unpacked once for all rows in it.
pub(crate) fn visits_of(path: &Path, rows: &BTreeSet<usize>) -> Result<BTreeMap<usize, RecordBatch>, FileError> {
    let mut found = BTreeMap::new();
    for rows in rows.iter().copied().collect::<Vec<_>>().chunks(AT_ONCE) {
        let mut around: Vec<Range<usize>> = Vec::new();
        for row in rows {
            let to = row + NEAR;
            match around.last_mut().filter(|last| last.end + NEAR >= *row) {
                Some(last) => last.end = to,
                None => around.push(row.saturating_sub(NEAR)..to),
            }
        }
        let read = ranges(path, &around)?;
        let mut before = 0;
        for range in around {
            let near = read.slice(before, range.len().min(read.num_rows() - before));
            before += near.num_rows();
            for row in rows.iter().filter(|row| range.contains(row)) {
                let near = visit(&near, row - range.start);
                found.insert(*row, if near.num_rows() < NEAR { near } else { visit_of(path, *row)? });
            }
        }
    }
    Ok(found)
}
