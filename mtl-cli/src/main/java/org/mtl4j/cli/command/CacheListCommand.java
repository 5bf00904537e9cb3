package org.mtl4j.cli.command;

import com.google.inject.Inject;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.mtl4j.cli.console.Answer;
import org.mtl4j.cli.console.Console;
import org.mtl4j.cli.console.TextTable;
import org.mtl4j.data.cache.CacheContents;
import org.mtl4j.experiment.run.ExperimentService;
import picocli.CommandLine.Command;

/** {@code mtl cache list}: the entries of a cache. */
@Command(
    name = "list",
    description = "Lists the entries of the cache: experiment, rows, size, when last used.")
public final class CacheListCommand extends CacheFolderCommand {
  private static final DateTimeFormatter MINUTES =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT).withZone(ZoneId.systemDefault());

  /** The command over a service. */
  @Inject
  public CacheListCommand(Console console, ExperimentService service) {
    super(console, service);
  }

  @Override
  protected Answer answer() {
    List<CacheContents.Listed> entries = new CacheContents(folder()).list();
    long bytes = entries.stream().mapToLong(CacheContents.Listed::bytes).sum();
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("folder", folder().toString());
    json.put("bytes", bytes);
    json.put("entries", entries.stream().map(CacheFolderCommand::json).toList());
    return Answer.of(json, text(entries, bytes));
  }

  private List<String> text(List<CacheContents.Listed> entries, long bytes) {
    List<String> lines = new ArrayList<>();
    if (!entries.isEmpty()) {
      lines.addAll(table(entries));
    }
    lines.add(
        "%d %s, %s, in %s"
            .formatted(
                entries.size(),
                entries.size() == 1 ? "entry" : "entries",
                megabytes(bytes),
                folder()));
    return lines;
  }

  private static List<String> table(List<CacheContents.Listed> entries) {
    TextTable table = new TextTable(List.of("entry", "experiment", "rows", "size", "last used"));
    for (CacheContents.Listed entry : entries) {
      int count = entry.info().rows().values().stream().mapToInt(Integer::intValue).sum();
      table.row(
          List.of(
              entry.key(),
              entry.info().experiment(),
              String.format(Locale.ROOT, "%,d", count),
              megabytes(entry.bytes()),
              MINUTES.format(entry.lastUsed()) + (entry.inUse() ? ", in use" : "")));
    }
    return table.lines();
  }
}
