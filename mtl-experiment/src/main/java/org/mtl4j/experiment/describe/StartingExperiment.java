package org.mtl4j.experiment.describe;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.mtl4j.data.describe.ColumnSummary;
import org.mtl4j.data.describe.ColumnSummary.Frequent;

/**
 * An experiment made of guesses, as YAML.
 *
 * @param name names the run
 * @param source the keys of {@code data.source}
 * @param guesses what the columns are for
 * @param left features that are left out, by their column, each with the reason
 * @param byTime whether later rows test; only where there is a time
 */
record StartingExperiment(
    String name,
    Map<String, Object> source,
    Guesses guesses,
    Map<String, String> left,
    boolean byTime) {
  private static final Set<String> RESERVED = Set.of("and", "or", "not", "in");
  private static final int SMALL = 20_000;
  private static final int LARGE = 500_000;
  private static final int ID_DIM = 16;
  private static final int CATEGORY_DIM = 4;
  private static final int LIST_DIM = 8;

  /** Of 1973 in milliseconds, and of the year 5138 in seconds. */
  private static final double MILLIS = 1e11;

  private static final int DAY = "2024-03-31".length();
  private static final double LONG_TAIL = 20;

  StartingExperiment {
    source = Collections.unmodifiableMap(new LinkedHashMap<>(source));
    left = Collections.unmodifiableMap(new LinkedHashMap<>(left));
  }

  /** The same without a feature. */
  StartingExperiment without(String column, String reason) {
    Map<String, String> more = new LinkedHashMap<>(left);
    more.put(column, reason);
    return new StartingExperiment(name, source, guesses, more, byTime);
  }

  /** The same, split at random. */
  StartingExperiment atRandom() {
    return new StartingExperiment(name, source, guesses, left, false);
  }

  /** The column that rows are split by, if they are split by time. */
  Optional<String> time() {
    return guesses.of(ColumnRole.TIME).stream()
        .filter(c -> byTime && c.missing() == 0)
        .map(ColumnSummary::name)
        .findFirst();
  }

  /** The column of a feature. */
  String columnOf(String feature) {
    return features().entrySet().stream()
        .filter(entry -> entry.getKey().equals(feature))
        .map(entry -> (String) entry.getValue().getOrDefault("column", feature))
        .findFirst()
        .orElseThrow();
  }

  /** Whether there is anything to learn from. */
  boolean hasFeatures() {
    return !features().isEmpty();
  }

  /** The experiment, with a word on what was left out. */
  String yaml() {
    List<String> lines = new ArrayList<>();
    lines.add("# Guessed from the values of " + rows() + " rows: read it before you trust it.");
    left.forEach((column, why) -> lines.add(oneLine("# Left out: " + column + ". " + why)));
    lines.add("name: " + FlowYaml.of(name));
    lines.add("seed: 7");
    lines.add("data:");
    lines.add("  source: " + FlowYaml.of(source));
    lines.add("  drop_duplicates: true");
    lines.add("  split: " + FlowYaml.of(split()));
    lines.add("features:");
    features().forEach((key, value) -> lines.add(entry(key, value)));
    lines.add("tasks:");
    tasks().forEach((key, value) -> lines.add(entry(key, value)));
    lines.add("model: " + FlowYaml.of(model()));
    lines.add("training:");
    lines.add("  epochs: " + epochs());
    lines.add("  batch_size: " + batchSize());
    lines.add("  optimizer: {type: adam, learning_rate: 0.001}");
    lines.add("  embedding_optimizer: {type: adagrad, learning_rate: 0.05}");
    return String.join("\n", lines) + "\n";
  }

  private String rows() {
    return String.format(Locale.ROOT, "%,d", guesses.table().rows());
  }

  private static String oneLine(String text) {
    return text.replaceAll("\\R", " ");
  }

  private static String entry(String key, Map<String, Object> value) {
    return "  " + FlowYaml.of(key) + ": " + FlowYaml.of(value);
  }

  private Map<String, Object> split() {
    Map<String, Object> split = new LinkedHashMap<>();
    split.put("by", time().isPresent() ? "time" : "random");
    time().ifPresent(column -> split.put("column", column));
    split.put("validation", 0.1);
    split.put("test", 0.2);
    return split;
  }

  private Map<String, Map<String, Object>> features() {
    Map<String, Map<String, Object>> features = new LinkedHashMap<>();
    for (ColumnSummary column : guesses.table().columns()) {
      if (!guesses.labels().contains(column) && !left.containsKey(column.name())) {
        feature(column).ifPresent(keys -> features.put(key(column.name(), features, keys), keys));
      }
    }
    return features;
  }

  private Optional<Map<String, Object>> feature(ColumnSummary column) {
    Map<String, Object> keys = new LinkedHashMap<>();
    switch (guesses.roles().get(column.name())) {
      case ID -> {
        keys.put("type", "categorical");
        keys.put("dim", ID_DIM);
        keys.put("min_count", 2);
      }
      case CATEGORY, BINARY_LABEL -> {
        keys.put("type", "categorical");
        keys.put("dim", CATEGORY_DIM);
      }
      case NUMBER, NUMBER_LABEL -> {
        keys.put("type", "numeric");
        if (hasLongTail(column)) {
          keys.put("transform", "log1p");
        }
        if (column.missing() > 0) {
          keys.put("indicator", true);
        }
      }
      case LIST -> {
        keys.put("type", "multi_categorical");
        column
            .texts()
            .flatMap(ColumnSummary.Texts::separator)
            .filter(separator -> !separator.equals("|"))
            .ifPresent(separator -> keys.put("separator", separator));
        keys.put("dim", LIST_DIM);
        keys.put("min_count", 2);
      }
      case TEXT -> {
        keys.put("type", "text");
        keys.put("dim", ID_DIM);
        keys.put("min_count", 2);
      }
      case TIME -> {
        keys.put("type", "datetime");
        keys.putAll(time(column));
      }
      case UNIQUE, CONSTANT -> {
        return Optional.empty();
      }
    }
    group(column.name()).ifPresent(group -> keys.put("group", group));
    return Optional.of(keys);
  }

  /** Parts that come again: of days there are no hours. */
  private static Map<String, Object> time(ColumnSummary column) {
    if (column.range().isPresent()) {
      return column.range().get().min() >= MILLIS ? Map.of("unit", "milliseconds") : Map.of();
    }
    return column.frequent().stream().allMatch(day -> day.value().length() == DAY)
        ? Map.of("parts", List.of("weekday"))
        : Map.of();
  }

  private static boolean hasLongTail(ColumnSummary column) {
    var range = column.range().orElseThrow();
    return range.min() >= 0 && range.max() > LONG_TAIL * range.mean();
  }

  private static Optional<String> group(String column) {
    String name = column.toLowerCase(Locale.ROOT);
    if (name.startsWith("user")) {
      return Optional.of("user");
    }
    return name.matches("(item|product|movie|film|video|article|ad)_.*|item")
        ? Optional.of("item")
        : Optional.empty();
  }

  private Map<String, Map<String, Object>> tasks() {
    Map<String, Map<String, Object>> tasks = new LinkedHashMap<>();
    for (ColumnSummary label : guesses.labels()) {
      Map<String, Object> keys = new LinkedHashMap<>();
      keys.put("type", Guesses.taskType(label));
      keys.put("label", expression(label.name()));
      positive(label).ifPresent(value -> keys.put("positive", List.of(value)));
      tasks.put(key(label.name(), tasks, new LinkedHashMap<>()), keys);
    }
    return tasks;
  }

  /** Of two values that are not 0 and 1, the rarer one. */
  private static Optional<String> positive(ColumnSummary label) {
    List<String> values = label.frequent().stream().map(Frequent::value).sorted().toList();
    return values.size() != 2 || values.equals(List.of("0", "1"))
        ? Optional.empty()
        : label.frequent().stream()
            .min(Comparator.comparingLong(Frequent::count))
            .map(Frequent::value);
  }

  private static String expression(String column) {
    return column.matches("[A-Za-z_][A-Za-z0-9_.]*") && !RESERVED.contains(column)
        ? column
        : "`" + column.replace("`", "``") + "`";
  }

  /** A key of letters and digits that is not taken; a feature then says which column it reads. */
  private static String key(String column, Map<String, ?> taken, Map<String, Object> keys) {
    String base = column.replaceAll("[^A-Za-z0-9_.-]", "_").replaceAll("^[_.-]+", "");
    base = base.isEmpty() ? "column" : base;
    String key = base;
    for (int i = 2; taken.containsKey(key); i++) {
      key = base + "_" + i;
    }
    if (!key.equals(column)) {
      keys.put("column", column);
    }
    return key;
  }

  private Map<String, Object> model() {
    Map<String, Object> model = new LinkedHashMap<>();
    boolean several = guesses.labels().size() > 1;
    model.put("type", several ? "mmoe" : "shared_bottom");
    if (several) {
      model.put("experts", 4);
      model.put("expert_layers", List.of(64));
    } else {
      model.put("bottom_layers", List.of(64));
    }
    model.put("tower_layers", List.of(16));
    return model;
  }

  /** Of few rows there are few steps an epoch. */
  private int epochs() {
    return guesses.table().rows() < SMALL ? 20 : 10;
  }

  private int batchSize() {
    long rows = guesses.table().rows();
    if (rows < SMALL) {
      return 128;
    }
    return rows < LARGE ? 512 : 2048;
  }
}
