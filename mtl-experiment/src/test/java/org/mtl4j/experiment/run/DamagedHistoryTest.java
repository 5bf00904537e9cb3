package org.mtl4j.experiment.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A run goes on without lines of its history, says so, and loses nothing that can be read. */
class DamagedHistoryTest extends TinyRunTest {
  private final List<String> warnings = new ArrayList<>();
  private Path history;
  private Map<String, String> whole;

  @BeforeEach
  void trainThreeEpochs() throws IOException {
    train(false, Map.of("training.epochs", "3"), ExperimentListener.SILENT);
    whole = content();
    history = folder.resolve("history.jsonl");
  }

  private void goOn() {
    Run run = train(true, Map.of("training.epochs", "3"), noting(warnings));
    assertThat(run.status()).isEqualTo(Run.Status.FINISHED);
  }

  private List<String> lines() {
    return whole.get("history.jsonl").lines().toList();
  }

  private String missing(String epochs) {
    return "%s: expected a line for each of 3 epochs, found none for %s; the report will not know them"
        .formatted(history, epochs);
  }

  private String unreadable(String lines, String kept) {
    return "%s: expected lines of JSON, one an epoch, found something else in line %s; the file is kept as %s"
        .formatted(history, lines, folder.resolve(kept));
  }

  private void assertReport(String sentence) throws IOException {
    assertThat(folder.resolve("report.html"))
        .content()
        .contains("3 epochs.</p>\n<p class=\"aside\">" + sentence + "</p>\n");
  }

  /** Everything but history and report is as it was. */
  private void assertRestIsWhole() throws IOException {
    Map<String, String> now = content();
    now.keySet().removeIf(name -> name.contains("history.jsonl"));
    now.keySet().removeAll(List.of("report.json", "report.html"));
    whole.keySet().removeAll(List.of("history.jsonl", "report.json", "report.html"));
    assertThat(now).isEqualTo(whole);
  }

  @Test
  void aFileOfSomethingElseIsKeptUnderAnotherName() throws IOException {
    Files.writeString(history, "garbage\n");
    for (String name : List.of("report.html", "metrics.json")) {
      Files.delete(folder.resolve(name));
    }
    goOn();
    assertThat(warnings)
        .containsExactly(missing("the epochs 1 to 3"), unreadable("1", "refused-history.jsonl"));
    assertThat(folder.resolve("refused-history.jsonl")).hasContent("garbage");
    assertThat(history).isEmptyFile();
    assertReport("history.jsonl has no line for the epochs 1 to 3.");
    assertRestIsWhole();
  }

  @Test
  void aFileThatIsGoneCountsAsEmpty() throws IOException {
    Files.delete(history);
    goOn();
    assertThat(warnings).containsExactly(missing("the epochs 1 to 3"));
    assertThat(history).isEmptyFile();
    assertThat(folder.resolve("refused-history.jsonl")).doesNotExist();
    assertReport("history.jsonl has no line for the epochs 1 to 3.");
    assertRestIsWhole();
  }

  @Test
  void linesThatCanBeReadStayEachTimeOneIsDamaged() throws IOException {
    String cut = lines().get(1).substring(0, 20);
    Files.writeString(history, lines().get(0) + "\n" + cut + "\n" + lines().get(2) + "\n");
    goOn();
    assertThat(warnings)
        .containsExactly(missing("epoch 2"), unreadable("2", "refused-history.jsonl"));
    assertThat(history).content().isEqualTo(lines().get(0) + "\n" + lines().get(2) + "\n");
    assertReport("history.jsonl has no line for epoch 2.");

    warnings.clear();
    byte[] binary =
        lines().get(0).replace("train", "tr\u00e4in").getBytes(StandardCharsets.ISO_8859_1);
    Files.write(history, binary);
    goOn();
    assertThat(warnings)
        .containsExactly(missing("the epochs 1 to 3"), unreadable("1", "refused-2-history.jsonl"));
    assertThat(folder.resolve("refused-history.jsonl")).content().contains(cut + "\n");
    assertThat(folder.resolve("refused-2-history.jsonl")).hasBinaryContent(binary);
    assertRestIsWhole();
  }

  @Test
  void linesInDisorderAreSortedAndASecondOneOfAnEpochIsKeptAside() throws IOException {
    List<String> disorder = List.of(lines().get(2), lines().get(0), lines().get(1));
    Files.write(history, disorder);
    goOn();
    assertThat(warnings).isEmpty();
    assertThat(content()).isEqualTo(whole);

    Files.writeString(
        history,
        lines().get(2).replace("step", "stop") + "\n",
        StandardCharsets.UTF_8,
        StandardOpenOption.APPEND);
    goOn();
    assertThat(warnings).containsExactly(unreadable("4", "refused-history.jsonl"));
    assertThat(history).content().isEqualTo(whole.get("history.jsonl"));
  }

  /** The lines of later epochs, which a run that goes back had, come again. */
  @Test
  void aRunThatGoesBackMissesNothing() throws IOException {
    Files.write(folder.resolve("checkpoints/step-12/tensors.bin"), new byte[100]);
    goOn();
    assertThat(warnings).hasSize(2).allMatch(warning -> warning.contains("step"));
    assertThat(history).content().isEqualTo(whole.get("history.jsonl"));
    assertThat(folder.resolve("refused-history.jsonl")).doesNotExist();
  }
}
