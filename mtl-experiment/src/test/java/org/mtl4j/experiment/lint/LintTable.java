package org.mtl4j.experiment.lint;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import org.mtl4j.core.config.ConfigFile;
import org.mtl4j.experiment.run.ExperimentListener;
import org.mtl4j.experiment.run.ExperimentService;
import org.mtl4j.experiment.wiring.MtlServices;

/** A table and an experiment over it, in which nothing is found until something is planted. */
final class LintTable {
  static final int ROWS = 2000;

  private final ExperimentService service = MtlServices.standard();
  private final Path file;
  private final List<String> names = new ArrayList<>();
  private final List<IntFunction<Object>> cells = new ArrayList<>();
  private final List<String> features = new ArrayList<>();
  private final List<String> tasks = new ArrayList<>();
  private final List<String> derived = new ArrayList<>();
  private final List<String> more = new ArrayList<>();
  private String lookups = "{}";
  private String split = "{by: every, test: 4}";
  private Optional<String> time = Optional.empty();

  LintTable(Path folder) {
    file = folder.resolve("table.csv");
    column("row", row -> row);
    column("click", row -> noise(row, 1) < 0.3 ? 1 : 0);
    column("colour", row -> "c" + (int) (noise(row, 2) * 5));
    feature("colour: {type: categorical}");
    task("click: {type: binary, label: click}");
  }

  /** A number of [0, 1), another one for each row and each salt, and the same in each run. */
  static double noise(int row, int salt) {
    long bits = ValueHash.mix(row * 1000L + salt);
    return (bits >>> 11) * 0x1.0p-53;
  }

  LintTable column(String name, IntFunction<Object> cell) {
    int at = names.indexOf(name);
    if (at >= 0) {
      cells.set(at, cell);
    } else {
      names.add(name);
      cells.add(cell);
    }
    return this;
  }

  LintTable feature(String yaml) {
    features.add("  " + yaml);
    return this;
  }

  LintTable derived(String yaml) {
    derived.add(yaml);
    return this;
  }

  LintTable task(String yaml) {
    tasks.add("  " + yaml);
    return this;
  }

  /** A lookup of the name "items" over a file beside the table. */
  LintTable items(String key, List<String> lines) throws IOException {
    Path items = Files.write(file.resolveSibling("items.csv"), lines);
    lookups =
        "{items: {type: file, source: {type: csv, path: %s}, key: %s, columns: [price]}}"
            .formatted(items, key);
    return this;
  }

  LintTable with(String yaml) {
    more.add(yaml);
    return this;
  }

  /** Takes back what begins so. */
  LintTable without(String begin) {
    more.removeIf(yaml -> yaml.startsWith(begin));
    return this;
  }

  LintTable time(String yaml) {
    time = Optional.of(yaml);
    return this;
  }

  LintTable split(String rule) {
    split = rule;
    return this;
  }

  String yaml() {
    return """
        name: table
        data: {source: {type: csv, path: %s}, split: %s, lookups: %s, columns: {%s}%s}
        features:
        %s
        tasks:
        %s
        %s
        """
        .formatted(
            file,
            split,
            lookups,
            String.join(", ", derived),
            time.map(", time: "::concat).orElse(""),
            String.join("\n", features),
            String.join("\n", tasks),
            String.join("\n", more));
  }

  /** What the linter finds, in words: check, severity and place, and the evidence behind them. */
  List<String> lint() throws IOException {
    List<String> lines = new ArrayList<>(List.of(String.join(",", names)));
    for (int r = 0; r < ROWS; r++) {
      int row = r;
      lines.add(
          cells.stream().map(cell -> cell.apply(row).toString()).collect(Collectors.joining(",")));
    }
    Files.write(file, lines);
    LintReport report =
        service.lint(
            service.read(ConfigFile.parse(yaml(), "table.yaml")), ExperimentListener.SILENT);
    return report.findings().stream()
        .map(f -> "%s %s %s: %s".formatted(f.severityName(), f.check(), f.where(), f.evidence()))
        .map(line -> line.replace(file.toString(), "FILE"))
        .toList();
  }
}
