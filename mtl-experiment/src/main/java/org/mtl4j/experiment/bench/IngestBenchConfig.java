package org.mtl4j.experiment.bench;

import java.nio.file.Path;

/**
 * The size of a reading benchmark.
 *
 * @param gigabytes size of the CSV file in 10<sup>9</sup> bytes
 * @param batch rows a batch
 * @param folder where the files, the blocks kept between two passes and the encoded rows go while
 *     it runs; of .3 GB they took 2.4 times the CSV file's size, with Parquet 2.8 times
 * @param source what reads the table
 * @param rounds how often the way from file to encoded rows is measured, and by turns with what
 */
public record IngestBenchConfig(
    double gigabytes, int batch, Path folder, IngestSource source, Rounds rounds) {
  /**
   * Checks the sizes.
   *
   * @throws IllegalArgumentException naming what was expected and what was found
   */
  public IngestBenchConfig {
    if (!(gigabytes > 0 && gigabytes <= 1000)) {
      throw new IllegalArgumentException(
          "gigabytes: expected a number above 0 and at most 1000, found " + gigabytes);
    }
    if (batch < 1) {
      throw new IllegalArgumentException("batch: expected at least 1, found " + batch);
    }
  }

  /** By Commons CSV, once. */
  public IngestBenchConfig(double gigabytes, int batch, Path folder) {
    this(gigabytes, batch, folder, IngestSource.CSV, Rounds.ONE);
  }

  /** Bytes that the file has at least. */
  long bytes() {
    return (long) (gigabytes * 1e9);
  }
}
