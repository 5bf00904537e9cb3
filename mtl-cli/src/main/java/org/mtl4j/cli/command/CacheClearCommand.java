package org.mtl4j.cli.command;

import com.google.inject.Inject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mtl4j.cli.console.Answer;
import org.mtl4j.cli.console.Console;
import org.mtl4j.data.cache.CacheContents;
import org.mtl4j.experiment.run.ExperimentService;
import picocli.CommandLine.Command;

/** {@code mtl cache clear}: deletes the entries of a cache. */
@Command(
    name = "clear",
    description = "Deletes all entries of the cache but those that a run uses just now.")
public final class CacheClearCommand extends CacheFolderCommand {
  /** The command over a service. */
  @Inject
  public CacheClearCommand(Console console, ExperimentService service) {
    super(console, service);
  }

  @Override
  protected Answer answer() {
    CacheContents.Cleared cleared = new CacheContents(folder()).clear();
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
    return Answer.of(json, lines);
  }
}
