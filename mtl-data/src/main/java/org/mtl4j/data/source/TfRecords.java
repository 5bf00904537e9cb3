package org.mtl4j.data.source;

import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.mtl4j.core.error.MtlException;
import org.tensorflow.proto.Feature;

/** The records of several files, one after the other, with those left out that are no rows. */
final class TfRecords implements AutoCloseable {
  /** Takes the features of a record by name; what it refuses is a bad row. */
  @FunctionalInterface
  interface Reader {
    void read(Map<String, Feature> features, String place);
  }

  private final List<Path> all;
  private final Iterator<Path> files;
  private final TfExamples examples;
  private final BadRows bad;
  private TfRecordFile file;

  /** Before the first record. */
  TfRecords(TfRecordConfig config, List<Path> files) {
    this.all = files;
    this.files = files.iterator();
    this.examples = new TfExamples(config.separator(), config.missing());
    this.bad =
        new BadRows(
            config.onBadRow(),
            config.maxBadRows(),
            "Check that it is a TFRecord file of tf.Example");
  }

  /** Reads the next row; false at the end of the last file. */
  boolean next(Reader reader) {
    while (file != null || files.hasNext()) {
      if (file == null) {
        file = new TfRecordFile(files.next());
      }
      byte[] data = file.next();
      if (data == null) {
        close();
      } else if (read(data, reader)) {
        return true;
      }
    }
    return false;
  }

  private boolean read(byte[] data, Reader reader) {
    try {
      file.check(data);
      reader.read(examples.features(data, file.place()), file.place());
      return true;
    } catch (MtlException e) {
      bad.add(e);
      return false;
    }
  }

  /** What reads the features' values. */
  TfExamples examples() {
    return examples;
  }

  /** The rows left out so far. */
  SkippedRows skipped() {
    return bad.skipped();
  }

  /** The name of the file that the last row stands in. */
  String fileName() {
    return file.name();
  }

  /** The record of the last row. */
  long record() {
    return file.record();
  }

  /** Where the last row stands, for messages. */
  String place() {
    return file.place();
  }

  /** That there is no row in any of the files. */
  MtlException noRows() {
    return bad.noRows(all, "a tf.Example with a feature");
  }

  @Override
  public void close() {
    if (file != null) {
      file.close();
      file = null;
    }
  }
}
