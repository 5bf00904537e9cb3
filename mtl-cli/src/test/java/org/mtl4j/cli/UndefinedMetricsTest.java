package org.mtl4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import org.mtl4j.cli.Cli.Ran;

/** Metrics that the rows of a split do not define are null, and said, each once. */
class UndefinedMetricsTest extends BrokenShopTest {
  private static final String UNDEFINED = "click/auc is not defined: one class only among 2 rows";
  private static final String NO_POSITIVE = "click/pr_auc is not defined: no positive among 2 rows";

  /** Of eight rows the first and the fifth are test rows, the second and the sixth validation. */
  private static String rows(int... labels) {
    StringBuilder rows = new StringBuilder(BrokenShop.HEADER);
    for (int i = 0; i < labels.length; i++) {
      rows.append("u%d,%d,%d\n".formatted(i % 3, i, labels[i]));
    }
    return rows.toString();
  }

  @Test
  void oneClassInATestSplit() throws IOException {
    shop.log(rows(0, 1, 1, 0, 0, 0, 1, 0));
    Ran ran = shop.train("--json");
    shop.assertWarned(ran, "warning: test: " + UNDEFINED, "warning: test: " + NO_POSITIVE);
    JsonNode auc = ran.json().at("/metrics/test/click/auc");
    assertThat(auc.isNull()).isTrue();
    assertThat(Files.readString(shop.run().resolve("report.html"))).contains(UNDEFINED);
    shop.assertWarned(
        shop.train("--resume"), "warning: test: " + UNDEFINED, "warning: test: " + NO_POSITIVE);
  }

  @Test
  void oneClassInAValidationSplitIsSaidOnceAndNotEveryEpoch() throws IOException {
    shop.log(rows(0, 1, 1, 0, 0, 1, 1, 0));
    shop.with("{by: every, test: 4}", "{by: every, validation: 4}").with("epochs: 1", "epochs: 3");
    shop.assertWarned(shop.train(), "warning: validation: " + UNDEFINED);
  }
}
