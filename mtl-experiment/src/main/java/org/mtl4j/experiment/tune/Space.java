package org.mtl4j.experiment.tune;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.mtl4j.core.config.ConfigFile;
import org.mtl4j.core.config.ConfigNode;
import org.mtl4j.core.config.Problems;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.provenance.Seed;

/**
 * The values that trials take: which trial takes which follows from the file alone, trial by trial,
 * and not from how many run at a time or in which order they end.
 */
public final class Space {
  /** More trials than anyone trains: a grid of more is a slip. */
  static final int MOST_TRIALS = 10_000;

  /** Draws for one more trial that no earlier one has drawn; far more than a last value needs. */
  private static final int ATTEMPTS = 1_000_000;

  private final ConfigNode.Mapping root;
  private final SpaceConfig config;

  private Space(ConfigNode.Mapping root, SpaceConfig config) {
    this.root = root;
    this.config = config;
  }

  /**
   * Reads a space file.
   *
   * @throws MtlException with everything that is wrong with it by itself
   */
  public static Space of(ConfigFile file) {
    SpaceConfig config = file.bind(SpaceConfig.class);
    Space space = new Space(file.root(), config);
    if (config.method() instanceof SearchMethod.Grid) {
      space.checkGrid();
    }
    return space;
  }

  private void checkGrid() {
    Problems problems = new Problems();
    config
        .space()
        .forEach(
            (key, values) -> {
              if (choices(key, values).isEmpty()) {
                problems.add(
                    ErrorCode.CONFIG_VALUE,
                    where(key),
                    "Expected values, whole numbers or steps, for a grid tries all of them; found a range of real numbers.");
              }
            });
    problems.throwIfAny();
    if (size().orElseThrow().compareTo(BigInteger.valueOf(MOST_TRIALS)) > 0) {
      problems.add(
          ErrorCode.CONFIG_VALUE,
          root.whereIs("space"),
          "Expected a grid of at most %,d combinations, found %,d: name fewer values, or take method: {type: random}."
              .formatted(MOST_TRIALS, size().orElseThrow()));
    }
    problems.throwIfAny();
  }

  /** What the file says. */
  public SpaceConfig config() {
    return config;
  }

  /** The key's path in the file, with line and column. */
  String where(String key) {
    return root.whereIs("space." + key);
  }

  /** Where something else of the file stands. */
  String whereIs(String path) {
    return root.whereIs(path);
  }

  /** Number of combinations; empty if a key has a range of real numbers. */
  Optional<BigInteger> size() {
    BigInteger size = BigInteger.ONE;
    for (Map.Entry<String, KeyValues> key : config.space().entrySet()) {
      KeyValues values = key.getValue();
      if (values.range().isPresent() && values.steps().isEmpty()) {
        Range range = values.range().get();
        if (range.size().isEmpty()) {
          return Optional.empty();
        }
        size = size.multiply(BigInteger.valueOf(range.size().getAsLong()));
      } else {
        int count = choices(key.getKey(), values).orElseThrow().size();
        size = size.multiply(BigInteger.valueOf(count));
      }
    }
    return Optional.of(size);
  }

  /**
   * The trials.
   *
   * @param most how many at most; fewer if there are no more combinations, and a grid has all
   */
  List<Trial> trials(int most) {
    return config.method() instanceof SearchMethod.Grid ? grid() : drawn(most);
  }

  /** The last key changes fastest. */
  private List<Trial> grid() {
    List<Map<String, ConfigNode>> all = List.of(Map.of());
    for (Map.Entry<String, KeyValues> key : config.space().entrySet()) {
      List<Map<String, ConfigNode>> longer = new ArrayList<>();
      for (Map<String, ConfigNode> begun : all) {
        for (ConfigNode value : choices(key.getKey(), key.getValue()).orElseThrow()) {
          Map<String, ConfigNode> one = new LinkedHashMap<>(begun);
          one.put(key.getKey(), value);
          longer.add(one);
        }
      }
      all = longer;
    }
    List<Trial> trials = new ArrayList<>();
    all.forEach(values -> trials.add(new Trial(trials.size() + 1, values)));
    return trials;
  }

  private List<Trial> drawn(int most) {
    long wanted =
        size().map(s -> s.min(BigInteger.valueOf(most)).longValueExact()).orElse((long) most);
    Seed seed = new Seed(config.seed());
    Set<Map<String, ConfigNode>> taken = new HashSet<>();
    List<Trial> trials = new ArrayList<>();
    while (trials.size() < wanted) {
      Seed own = seed.child("trial/" + (trials.size() + 1));
      Optional<Map<String, ConfigNode>> values = Optional.empty();
      for (int attempt = 0; attempt < ATTEMPTS && values.isEmpty(); attempt++) {
        values = Optional.of(draw(own.child("attempt/" + attempt))).filter(taken::add);
      }
      if (values.isEmpty()) {
        return trials;
      }
      trials.add(new Trial(trials.size() + 1, values.get()));
    }
    return trials;
  }

  /** A key's draw has a name: another key beside it changes nothing. */
  private Map<String, ConfigNode> draw(Seed seed) {
    Map<String, ConfigNode> drawn = new LinkedHashMap<>();
    config
        .space()
        .forEach(
            (key, values) -> {
              var random = seed.child(key).random();
              drawn.put(
                  key,
                  values.range().isPresent() && values.steps().isEmpty()
                      ? number(key, values.range().get().draw(random))
                      : pick(choices(key, values).orElseThrow(), random.nextDouble()));
            });
    return drawn;
  }

  private static ConfigNode pick(List<ConfigNode> choices, double share) {
    return choices.get((int) (share * choices.size()));
  }

  /** The bounds of the ranges: what is read before the first trial beside the trials. */
  Map<String, List<ConfigNode>> bounds() {
    Map<String, List<ConfigNode>> bounds = new LinkedHashMap<>();
    config
        .space()
        .forEach(
            (key, values) ->
                bounds.put(
                    key,
                    values
                        .range()
                        .map(range -> numbers(key, range.steps(2)))
                        .orElseGet(() -> values.values().orElseThrow())));
    return bounds;
  }

  /** All values of a key; empty if they are a range of real numbers. */
  private Optional<List<ConfigNode>> choices(String key, KeyValues values) {
    if (values.range().isEmpty()) {
      return values.values();
    }
    Range range = values.range().get();
    if (values.steps().isPresent()) {
      return Optional.of(numbers(key, range.steps(values.steps().get())));
    }
    return range.size().isPresent() && range.size().getAsLong() <= MOST_TRIALS
        ? Optional.of(numbers(key, range.all()))
        : Optional.empty();
  }

  private List<ConfigNode> numbers(String key, List<String> numbers) {
    return numbers.stream().map(number -> number(key, number)).toList();
  }

  private ConfigNode number(String key, String number) {
    ConfigNode typed = root.find("space." + key).orElseThrow();
    return new ConfigNode.Scalar(typed.path(), typed.location(), number, false);
  }
}
