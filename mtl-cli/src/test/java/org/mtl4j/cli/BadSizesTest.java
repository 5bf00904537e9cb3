package org.mtl4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mtl4j.cli.Cli.Ran;

/** What {@code mtl train} says of sizes that no machine has room for, word for word. */
class BadSizesTest extends BrokenShopTest {
  private void assertSaid(String override, String expected) {
    String path = override.substring(0, override.indexOf('='));
    shop.assertRefused(
        shop.train("--set", override), "error: " + path + " (--set " + path + "): " + expected);
  }

  @Test
  void countsAndWidthsBeyondTheirRange() throws IOException {
    assertSaid("training.threads=100000", "Expected 1 to 1024, found 100000.");
    assertSaid(
        "model.bottom_layers=[2, 2000000000]",
        "Expected widths from 1 to 1048576, found [2, 2000000000].");
    String many = "[" + "4, ".repeat(100) + "4]";
    assertSaid("model.tower_layers=" + many, "Expected at most 100 layers, found 101.");
    shop.with("type: shared_bottom, bottom_layers: [2]", "type: mmoe");
    assertSaid("model.experts=1000000", "Expected 1 to 1024, found 1000000.");
    assertSaid("model.experts=0", "Expected 1 to 1024, found 0.");
    assertSaid(
        "tasks.click.loss_weight=1e300", "Expected a number from 0 to 3.4e38, found 1.0E300.");
  }

  @Test
  void anInputThatNoTensorIsWideEnoughFor() throws IOException {
    shop.with("type: numeric", "type: categorical, dim: 2000000000")
        .with("dim: 2}", "dim: 2000000000}");
    assertRefused(
        "error: features (DIR/broken.yaml:8:1): Expected features of at most 2,147,483,647 values side"
            + " by side, found"
            + " 4,000,000,000: user 2,000,000,000 + price 2,000,000,000.",
        "  Lower features.user.dim.");
  }

  @Test
  void aLayerThatTakesMoreThanTheTablesIsToBlame() throws IOException {
    shop.with("bottom_layers: [2]", "bottom_layers: [1048576, 1048576]");
    Ran ran = shop.train();
    assertThat(ran.exitCode()).isEqualTo(2);
    assertThat(shop.said(ran))
        .contains("\nerror: shared_bottom/dense_2/kernel: Expected tables, ")
        .contains(
            "  The largest variable, shared_bottom/dense_2/kernel, has the shape"
                + " [1048576, 1048576]: make the layers of the model narrower,")
        .doesNotContain("largest table");
    assertThat(shop.run()).doesNotExist();
  }

  @Test
  void aBatchLargerThanTheRowsIsAllOfThem() throws IOException {
    assertThat(history("all", "6")).isEqualTo(history("more", "2000000000"));
    assertThat(history("all-but-one", "5")).isNotEqualTo(history("seven", "7"));
  }

  /** The losses of a run over the six training rows. */
  private List<String> history(String name, String batchSize) throws IOException {
    Ran ran =
        shop.mtl(
            "train",
            "DIR/broken.yaml",
            "--output",
            "DIR/" + name,
            "--set",
            "training.batch_size=" + batchSize);
    assertThat(ran.exitCode()).as(ran.err()).isZero();
    return Files.readAllLines(folder.resolve(name).resolve("history.jsonl"));
  }

  @Test
  void aPlanThatCannotBeKeptLeavesNoRunBehind() throws IOException {
    shop.with("threads: 1", "threads: 1, early_stopping: {metric: click/auc}");
    assertRefused(
        "rows: train 6, validation 0, test 2",
        "error: training.early_stopping (DIR/broken.yaml:14:50): Early stopping needs validation rows,"
            + " and the split leaves"
            + " none.",
        "  Give data.split a validation share, or leave early_stopping out.");
  }

  @Test
  void sizesOfTheBenchmark() {
    shop.assertRefused(
        shop.mtl("bench", "train", "--experts", "0"),
        "error: mtl bench train: --experts: expected 1 to 1024, found 0.");
    shop.assertRefused(
        shop.mtl("bench", "train", "--expert-layers", "0"),
        "error: mtl bench train: --expert-layers: expected widths from 1 to 1048576, found [0].");
    shop.assertRefused(
        shop.mtl("bench", "train", "--threads", "-1"),
        "error: mtl bench train: --threads: expected 1 to 1024, found -1.");
    shop.assertRefused(
        shop.mtl("bench", "train", "--batch", "2000000000"),
        "error: mtl bench train: --batch: expected at most 1048576, found 2000000000.");
  }
}
