package org.mtl4j.experiment.bench;

import java.util.Locale;

/** The sources that a reading benchmark reads its table by. */
public enum IngestSource {
  /** The CSV file by Commons CSV. */
  CSV("{type: csv, path: %s}"),
  /** The CSV file by {@code engine: duckdb}. */
  DUCKDB("{type: csv, engine: duckdb, path: %s}"),
  /** The same table in a Parquet file. */
  PARQUET("{type: parquet, path: %s}");

  private final String yaml;

  IngestSource(String yaml) {
    this.yaml = yaml;
  }

  /** The source over a file, as an experiment says it. */
  String yaml(String quotedPath) {
    return yaml.formatted(quotedPath);
  }

  /** The name as it is typed. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
