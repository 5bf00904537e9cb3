package org.mtl4j.experiment.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.mtl4j.experiment.config.CacheConfig;

class CacheLocationTest {
  private static Optional<Path> of(CacheConfig config, Map<String, String> environment) {
    return new CacheLocation(environment::get, Path.of("/home/ann")).of(config);
  }

  private static CacheConfig named(boolean enabled) {
    return new CacheConfig(enabled, Optional.of("here"), 1);
  }

  @Test
  void theExperimentComesBeforeTheVariableAndThatBeforeTheHome() {
    Map<String, String> variable = Map.of("MTL_CACHE", "/fast", "XDG_CACHE_HOME", "/xdg");
    assertThat(of(named(true), variable)).contains(Path.of("here"));
    assertThat(of(CacheConfig.DEFAULT, variable)).contains(Path.of("/fast"));
    assertThat(of(CacheConfig.DEFAULT, Map.of("MTL_CACHE", " ", "XDG_CACHE_HOME", "/xdg")))
        .contains(Path.of("/xdg/mtl4j"));
    assertThat(of(CacheConfig.DEFAULT, Map.of())).contains(Path.of("/home/ann/.cache/mtl4j"));
  }

  @Test
  void eitherTurnsItOff() {
    Map<String, String> off = Map.of("MTL_CACHE", "off");
    assertThat(of(CacheConfig.DEFAULT, off)).isEmpty();
    assertThat(of(named(true), off)).contains(Path.of("here"));
    assertThat(of(named(false), Map.of())).isEmpty();
  }

  @Test
  void aLimitOfNothingIsRefused() {
    for (double limit : new double[] {0, -1, Double.NaN}) {
      assertThatThrownBy(() -> new CacheConfig(true, Optional.empty(), limit))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("max_gigabytes: expected a number above 0, found " + limit);
    }
    assertThat(new CacheConfig(true, Optional.empty(), 1.5).maxBytes()).isEqualTo(1_500_000_000L);
  }
}
