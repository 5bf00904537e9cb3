package org.mtl4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.cli.Cli.Ran;
import org.mtl4j.testkit.Browser;

/** The quickstart, made small. */
@Tag("slow")
class QuickstartTest {
  @TempDir private Path folder;

  @Test
  void theQuickstartComparesModelsWithTheTruthAndItsRunCanBeUsed() throws Exception {
    Path output = folder.resolve("quickstart");
    Ran ran =
        Cli.run(
            "quickstart",
            "--set",
            "data.source.impressions=20000",
            "--set",
            "training.epochs=1",
            "--output",
            output.toString(),
            "--json");
    assertThat(ran.exitCode()).as(ran.err()).isZero();
    assertThat(ran.json().get("recommendations")).hasSize(10);
    assertThat(ran.json().at("/test/truth/click/auc").asDouble()).isGreaterThan(0.7);
    assertThat(ran.json().at("/test/mmoe/click").has("auc")).isTrue();
    assertThat(ran.json().at("/test/single_task/rating").has("rmse")).isTrue();
    assertThat(ran.json().at("/through_purchase/esmm").has("auc")).isTrue();
    assertThat(ran.json().at("/report").asText())
        .isEqualTo(output.resolve("comparison.html").toString());
    Browser.Page page = Browser.open(Files.readString(output.resolve("comparison.html")), folder);
    assertThat(page.console()).isEmpty();
    assertThat(page.drawn()).isEqualTo(page.plots()).isGreaterThan(10);

    Ran ranked =
        Cli.run(
            "recommend",
            "--run",
            output.resolve("mmoe").toString(),
            "--user",
            output.resolve("user.json").toString(),
            "--items",
            output.resolve("items.csv").toString(),
            "--by",
            "click",
            "--json");
    assertThat(ranked.json().at("/recommendations/0/item/item_id"))
        .isEqualTo(ran.json().at("/recommendations/0/item/item_id"));
  }
}
