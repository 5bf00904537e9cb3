package org.mtl4j.cli.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.mtl4j.cli.console.Answer;
import org.mtl4j.cli.console.Console;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.data.cache.CacheContents;
import org.mtl4j.experiment.run.CacheLocation;
import org.mtl4j.experiment.run.ExperimentService;
import picocli.CommandLine.Option;

/** A command over the folder of a cache. */
abstract class CacheFolderCommand extends MtlCommand {
  private final ExperimentService service;

  @Option(
      names = "--cache",
      paramLabel = "DIR",
      description = "The cache's folder; default: ~/.cache/mtl4j, or the variable MTL_CACHE.")
  private Path folder;

  CacheFolderCommand(Console console, ExperimentService service) {
    super(console);
    this.service = service;
  }

  /** The folder that was named, or the one that training takes by default. */
  final Path folder() {
    if (folder != null) {
      return folder;
    }
    return service
        .cache()
        .byDefault()
        .orElseThrow(
            () ->
                new MtlException(
                    Problem.of(
                        ErrorCode.USAGE,
                        "mtl cache",
                        "The variable %s says off: name a folder by --cache."
                            .formatted(CacheLocation.VARIABLE))));
  }

  /** An entry as JSON. */
  static Map<String, Object> json(CacheContents.Listed entry) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", entry.key());
    json.put("experiment", entry.info().experiment());
    json.put("bytes", entry.bytes());
    json.put("rows", entry.info().rows());
    json.put("last_used", entry.lastUsed().toString());
    json.put("in_use", entry.inUse());
    return json;
  }

  /** What a deletion did. */
  final Answer answer(CacheContents.Cleared cleared, int exitCode) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("folder", folder().toString());
    json.put("freed_bytes", cleared.bytes());
    json.put("deleted", cleared.deleted().stream().map(CacheFolderCommand::json).toList());
    json.put("left", cleared.left().stream().map(CacheFolderCommand::json).toList());
    List<String> lines = new ArrayList<>();
    lines.add(
        "freed %s of %d %s in %s"
            .formatted(
                megabytes(cleared.bytes()),
                cleared.deleted().size(),
                cleared.deleted().size() == 1 ? "entry" : "entries",
                folder()));
    if (!cleared.left().isEmpty()) {
      lines.add(
          "in use and left: "
              + String.join(", ", cleared.left().stream().map(CacheContents.Listed::key).toList()));
    }
    return new Answer(json, lines, exitCode);
  }

  /** Bytes for people. */
  static String megabytes(long bytes) {
    return String.format(Locale.ROOT, "%,.1f MB", bytes / 1e6);
  }
}
