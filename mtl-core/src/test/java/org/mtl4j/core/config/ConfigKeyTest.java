package org.mtl4j.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ConfigKeyTest {
  enum Colour {
    RED,
    DARK_BLUE
  }

  record Sample(
      String name,
      @Default("[64]") List<Integer> towerLayers,
      Optional<Double> rate,
      @Default("red") Colour colour,
      Map<String, Choice> parts) {}

  @Test
  void keysAreNamedAndTypedAsAUserTypesThem() {
    assertThat(ConfigKey.of(Sample.class))
        .containsExactly(
            new ConfigKey("name", "text", Optional.empty(), true),
            new ConfigKey("tower_layers", "a list of: a whole number", Optional.of("[64]"), false),
            new ConfigKey("rate", "a number", Optional.empty(), false),
            new ConfigKey("colour", "one of red, dark_blue", Optional.of("red"), false),
            new ConfigKey("parts", "a map of: a map with a type", Optional.empty(), true));
  }
}
