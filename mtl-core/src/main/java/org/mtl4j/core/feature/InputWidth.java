package org.mtl4j.core.feature;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;

/** The width of a model's input, all features side by side: a dimension of 32 bits in the graph. */
final class InputWidth {
  private static final int NAMED = 3;

  private InputWidth() {}

  /**
   * Refuses what no tensor can hold.
   *
   * @throws MtlException CONFIG_VALUE with the widest features
   */
  static void check(List<FittedFeature> features) {
    long width = features.stream().mapToLong(FittedFeature::width).sum();
    if (width <= Integer.MAX_VALUE) {
      return;
    }
    List<FittedFeature> widest =
        features.stream()
            .sorted(Comparator.comparingInt(FittedFeature::width).reversed())
            .limit(NAMED)
            .toList();
    String sum =
        widest.stream()
            .map(f -> String.format(Locale.ROOT, "%s %,d", f.name(), f.width()))
            .collect(Collectors.joining(" + "));
    throw new MtlException(
        new Problem(
            ErrorCode.CONFIG_VALUE,
            "features",
            String.format(
                Locale.ROOT,
                "Expected features of at most %,d values side by side, found %,d: %s%s.",
                Integer.MAX_VALUE,
                width,
                sum,
                features.size() > NAMED ? " + ..." : ""),
            "Lower features.%s.%s.".formatted(widest.get(0).name(), key(widest.get(0)))));
  }

  /** What its width comes from: that of its table, unless an encoder has one of its own. */
  private static String key(FittedFeature feature) {
    return feature instanceof FittedList list && list.width() != list.values().width()
        ? "units"
        : "dim";
  }
}
