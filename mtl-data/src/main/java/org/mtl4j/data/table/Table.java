package org.mtl4j.data.table;

import java.nio.file.Path;
import java.util.List;

/** Rows of text that can be read any number of times, each time the same ones. */
public interface Table {
  /** The columns' names, each once. */
  List<String> columns();

  /** Every file that a row may depend on. */
  List<Path> files();

  /** Starts a pass at the first row. */
  RecordReader open();
}
