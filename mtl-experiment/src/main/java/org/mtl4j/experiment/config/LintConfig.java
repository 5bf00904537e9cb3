package org.mtl4j.experiment.config;

import java.util.List;
import org.mtl4j.core.config.Default;

/**
 * What the linter looks at.
 *
 * @param allow names of checks that are left out
 */
public record LintConfig(@Default("[]") List<String> allow) {
  /** Copies the list. */
  public LintConfig {
    allow = List.copyOf(allow);
  }
}
