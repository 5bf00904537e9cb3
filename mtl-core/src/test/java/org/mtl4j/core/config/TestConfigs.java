package org.mtl4j.core.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mtl4j.core.task.Expression;

/** A configuration with a component of every kind. */
final class TestConfigs {
  private TestConfigs() {}

  enum Precision {
    FLOAT32,
    BFLOAT_16
  }

  record Everything(
      int epochs,
      long seed,
      double learningRate,
      boolean shuffle,
      String name,
      Precision precision,
      Expression where,
      List<String> positive,
      Map<String, Feature> features,
      Optional<Stopping> earlyStopping,
      Choice model,
      ConfigNode raw) {}

  /** Every component has a default. */
  record Defaults(
      @Default("8") int experts,
      @Default("[64, 32]") List<Integer> layers,
      @Default("relu") String activation,
      @Default("{type: adam, rate: 0.1}") Choice optimizer,
      @Default("{patience: 2}") Optional<Stopping> stopping,
      @Default("{}") Inner inner,
      @Default("float32") Precision precision,
      Optional<Double> dropout) {}

  record Inner(@Default("{by: random}") Split split, @Default("0.5") double alpha) {}

  record Stopping(@Default("3") int patience, Optional<String> metric) {
    Stopping {
      if (patience < 1) {
        throw new IllegalArgumentException("patience: expected at least 1, found " + patience);
      }
      if (metric.isPresent() && patience > 10) {
        throw new IllegalArgumentException("a metric cannot wait for " + patience + " epochs");
      }
    }
  }

  /** Its own default is refused. */
  record Sized(@Default("0") int size) {
    Sized {
      if (size < 1) {
        throw new IllegalArgumentException("size: expected at least 1, found " + size + ".");
      }
    }
  }

  sealed interface Feature permits Numeric, Categorical {}

  @ConfigName("numeric")
  record Numeric(@Default("none") Transform transform) implements Feature {
    enum Transform {
      NONE,
      STANDARDIZE
    }
  }

  @ConfigName("categorical")
  record Categorical(int dim, @Default("1") int minCount) implements Feature {}

  @Discriminator("by")
  sealed interface Split permits RandomSplit, TimeSplit {}

  @ConfigName("random")
  record RandomSplit(@Default("0.1") double validation) implements Split {}

  @ConfigName("time")
  record TimeSplit(String column) implements Split {}
}
