package org.mtl4j.experiment.online;

import java.nio.charset.Charset;
import java.util.Optional;
import org.mtl4j.core.config.Choice;
import org.mtl4j.core.config.Problems;
import org.mtl4j.core.config.RecordBinder;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.data.source.CsvConfig;
import org.mtl4j.data.source.JsonlConfig;
import org.mtl4j.data.source.TsvConfig;

/**
 * How the records of a file that grows are told apart.
 *
 * @param header whether a file begins with the names of its columns
 * @param delimiter between the fields of CSV; empty: a record is a line
 */
record FollowedFormat(boolean header, Optional<String> delimiter) {
  /**
   * That of a run's source.
   *
   * @throws MtlException USAGE if its files are no text of records one behind the other
   */
  static FollowedFormat of(Choice source) {
    Problems problems = new Problems();
    return switch (source.type()) {
      case "csv" ->
          RecordBinder.bind(source.body(), CsvConfig.class, problems)
              .filter(csv -> isAsciiWide(csv.charset()))
              .map(csv -> new FollowedFormat(csv.columns().isEmpty(), Optional.of(csv.delimiter())))
              .orElseThrow(() -> refusal(source));
      case "tsv" ->
          RecordBinder.bind(source.body(), TsvConfig.class, problems)
              .map(tsv -> new FollowedFormat(tsv.columns().isEmpty(), Optional.of("\t")))
              .orElseThrow(() -> refusal(source));
      case "jsonl" ->
          RecordBinder.bind(source.body(), JsonlConfig.class, problems)
              .map(lines -> new FollowedFormat(false, Optional.empty()))
              .orElseThrow(() -> refusal(source));
      default -> throw refusal(source);
    };
  }

  /** A line break is one byte, and no other character has that byte. */
  private static boolean isAsciiWide(Charset charset) {
    return charset.newEncoder().maxBytesPerChar() < 4 && "\n".getBytes(charset).length == 1;
  }

  private static MtlException refusal(Choice source) {
    return new MtlException(
        new Problem(
            ErrorCode.USAGE,
            "--follow",
            "Expected a run on csv, tsv or jsonl files in UTF-8 or one byte a character, found"
                + " %s.".formatted(source.type()),
            "Go on with whole files by --continue RUN --data FILE."));
  }

  /** Finds records from a place where one begins. */
  RecordScanner scanner() {
    return delimiter.map(RecordScanner::ofCsv).orElseGet(RecordScanner::ofLines);
  }
}
