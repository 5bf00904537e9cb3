package org.mtl4j.experiment.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.mtl4j.testkit.Browser;

/** The page that a run leaves, as a browser shows it. */
class RunReportTest extends TinyRunTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String BEGIN = "<script type=\"application/json\" id=\"plots\">";

  private JsonNode plots() throws IOException {
    String page = Files.readString(folder.resolve("report.html"));
    int begin = page.indexOf(BEGIN) + BEGIN.length();
    return JSON.readTree(page.substring(begin, page.indexOf("</script>", begin)));
  }

  private static JsonNode titled(JsonNode plots, String title) {
    List<JsonNode> found = new ArrayList<>();
    plots.forEach(
        plot -> {
          if (plot.path("caption").path("title").asText().equals(title)) {
            found.add(plot);
          }
        });
    assertThat(found).as(title).hasSize(1);
    return found.get(0);
  }

  @Test
  void everyPlotIsDrawnAndTheConsoleStaysEmpty() throws Exception {
    train(false);
    String html = Files.readString(folder.resolve("report.html"));
    Browser.Page page = Browser.open(html, Files.createDirectory(temporary.resolve("browser")));

    assertThat(page.console()).isEmpty();
    assertThat(page.plots()).isEqualTo(plots().size()).isGreaterThan(1);
    assertThat(page.drawn()).isEqualTo(page.plots());
  }

  @Test
  void learningCurvesAreTheLinesOfTheHistory() throws IOException {
    train(false, Map.of("training.epochs", "3"), ExperimentListener.SILENT);
    JsonNode loss = titled(plots(), "Training loss").get("series").get(0);
    JsonNode auc = titled(plots(), "Validation: auc").get("series").get(0);

    assertThat(loss.get("name").asText()).isEqualTo("click");
    assertThat(auc.get("name").asText()).isEqualTo("click");
    List<String> lines = Files.readAllLines(folder.resolve("history.jsonl"));
    assertThat(lines).hasSize(3);
    for (int i = 0; i < 3; i++) {
      JsonNode line = JSON.readTree(lines.get(i));
      assertPoint(loss, i, line.get("train").get("tasks").get("click"));
      assertPoint(auc, i, line.get("validation").get("click").get("auc"));
      assertThat(line.has("gradients")).as("gradients of one task").isFalse();
    }
  }

  private static void assertPoint(JsonNode series, int index, JsonNode y) {
    JsonNode point = series.get("points").get(index);
    assertThat(point.get("x").asDouble()).isEqualTo(index + 1);
    assertThat(point.get("y").asDouble()).isEqualTo(y.asDouble());
  }

  @Test
  void anEpochWithoutALinePartsTheCurve() throws IOException {
    train(false);
    List<String> lines = Files.readAllLines(folder.resolve("history.jsonl"));
    Files.writeString(folder.resolve("history.jsonl"), lines.get(1) + "\n");
    train(true, Map.of("training.epochs", "3"), ExperimentListener.SILENT);

    JsonNode points = titled(plots(), "Training loss").get("series").get(0).get("points");
    assertThat(points).hasSize(3);
    assertThat(points.get(0).get("y").isNull()).isTrue();
    assertThat(points.get(2).get("y").isNumber()).isTrue();
  }

  @Test
  void aValueThatIsAScriptIsShownAndNotRun() throws Exception {
    String value = "</pre><script>document.title=1</script>";
    train(false, Map.of("data.where", "user_id != '" + value + "'"), ExperimentListener.SILENT);
    String html = Files.readString(folder.resolve("report.html"));
    Browser.Page page = Browser.open(html, Files.createDirectory(temporary.resolve("browser")));

    assertThat(page.console()).isEmpty();
    assertThat(page.dom())
        .contains("<title>tiny</title>")
        .contains("&lt;/pre&gt;&lt;script&gt;document.title=1&lt;/script&gt;");
  }
}
