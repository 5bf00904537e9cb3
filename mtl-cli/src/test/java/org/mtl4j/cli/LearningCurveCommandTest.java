package org.mtl4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code mtl learning-curve}, as a user calls it. */
class LearningCurveCommandTest {
  @TempDir private Path folder;

  @Test
  void figuresByTrainingRowsArePrintedAndWritten() throws IOException {
    TinyShop shop = TinyShop.in(folder);
    Path output = folder.resolve("curve");
    String[] words = {
      "learning-curve",
      shop.experiment().toString(),
      "--set",
      "data.cache.enabled=false",
      "--shares",
      "40,100",
      "--output",
      output.toString(),
      "--no-lint"
    };
    Cli.Ran ran = Cli.run(words);
    assertThat(ran.exitCode()).as(ran.err()).isZero();
    assertThat(ran.out())
        .contains("click, test rows:", "rating, test rows:", "mood, test rows:")
        .containsPattern("percent +training rows +auc")
        .containsPattern("100 +\\d+ +0\\.\\d{4} \\[0\\.")
        .contains("learning-curve.html");
    assertThat(ran.err()).contains("training on 100 % of the training rows");
    assertThat(Files.readString(output.resolve("learning-curve.html")))
        .contains("Learning curve of shop", "click: auc");
    words[words.length - 1] = "--resume";
    String[] again = Arrays.copyOf(words, words.length + 2);
    again[words.length] = "--no-lint";
    again[words.length + 1] = "--json";
    JsonNode json = Cli.run(again).json();
    assertThat(json.get("points")).hasSize(2);
    assertThat(json.at("/points/0/percent").asDouble()).isEqualTo(40);
    assertThat(json.at("/points/1/metrics/click/auc").isNumber()).isTrue();
    assertThat(json.at("/points/0/rows").asInt()).isLessThan(json.at("/points/1/rows").asInt());
  }

  @Test
  void sharesThatAreNoneAreRefused() throws IOException {
    Cli.Ran ran =
        Cli.run("learning-curve", TinyShop.in(folder).experiment().toString(), "--shares", "5");
    assertThat(ran.exitCode()).isEqualTo(2);
    assertThat(ran.err())
        .containsSubsequence(
            "error: --shares: Expected two or more rising numbers above 0, at most 100, found [5.0].",
            "Say percents of the training rows: --shares 1,5,20,100.");
  }
}
