package org.mtl4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.cli.Cli.Ran;
import org.mtl4j.testkit.Folders;

/** Signals to a real process: it saves, exits with 130, and the run goes on later. */
@EnabledOnOs(OS.LINUX)
class InterruptedProcessTest {
  private static final String FOREVER = "1000000";

  @TempDir private Path folder;

  private Child start(TinyShop shop, Path output) throws IOException {
    return Child.start(
        folder,
        "train",
        shop.experiment().toString(),
        "--set",
        "training.epochs=" + FOREVER,
        "--output",
        output.toString());
  }

  @Test
  @Tag("slow")
  void ctrlCSavesAndTheRunGoesOnAsIfNothingHadHappened() throws Exception {
    TinyShop shop = TinyShop.in(folder);
    Path run = folder.resolve("interrupted");
    try (Child child = start(shop, run)) {
      assertThat(child.awaitSaid("epoch 2/")).as(child.said()).isTrue();
      child.interrupt();
      assertSaved(child);
    }
    assertGoesOn(shop, run);
  }

  @Test
  void sigtermDoesTheSame() throws Exception {
    TinyShop shop = TinyShop.in(folder);
    Path run = folder.resolve("terminated");
    try (Child child = start(shop, run)) {
      assertThat(child.awaitSaid("epoch 1/")).as(child.said()).isTrue();
      child.signal("TERM");
      assertSaved(child);
    }
    assertGoesOn(shop, run);
  }

  private static void assertSaved(Child child) throws InterruptedException {
    assertThat(child.exitCode()).as(child.said()).isEqualTo(130);
    assertThat(child.said()).contains("Interrupted", "Once more stops at once");
  }

  private static void assertGoesOn(TinyShop shop, Path run) throws IOException {
    int epochs = Files.readAllLines(run.resolve("history.jsonl")).size() + 2;
    Path straight = run.resolveSibling("straight");
    assertThat(train(shop, run, epochs, "--resume")).isEqualTo(train(shop, straight, epochs));
  }

  private static Map<String, String> train(
      TinyShop shop, Path output, int epochs, String... options) throws IOException {
    Ran ran =
        Cli.run(
            "train",
            shop.experiment().toString(),
            "--set",
            "training.epochs=" + epochs,
            "--output",
            output.toString(),
            options.length == 0 ? "--json" : options[0]);
    assertThat(ran.exitCode()).as(ran.err()).isZero();
    return RunBytes.of(output);
  }

  /** In the middle of its second training: the run is there, and is not trained again. */
  @Test
  @Tag("slow")
  void aDiagnosisSaysHowItGoesOnAndDoes() throws Exception {
    TinyShop shop = TinyShop.in(folder);
    Path run = folder.resolve("run");
    String alone = "training click alone...";
    try (Child child =
        Child.start(
            folder,
            "diagnose",
            shop.experiment().toString(),
            "--set",
            "training.epochs=60",
            "--output",
            run.toString())) {
      assertThat(
              child.await(
                  () -> {
                    String said = child.said();
                    return said.indexOf("epoch 1/60", Math.max(0, said.indexOf(alone)))
                            > said.indexOf(alone)
                        && said.contains(alone);
                  }))
          .as(child.said())
          .isTrue();
      child.interrupt();
      assertSaved(child);
      assertThat(child.answered())
          .isEqualTo(
              "Interrupted; a checkpoint is saved. Go on with:%n  mtl diagnose %s --resume%n"
                  .formatted(run));
    }
    Ran resumed = Cli.run("diagnose", run.toString(), "--resume");
    assertThat(resumed.exitCode()).as(resumed.err()).isZero();
    assertThat(resumed.err()).contains("going on after step").doesNotContain("repeating");
    assertThat(Folders.names(run.resolve("diagnosis")))
        .containsExactly("report.html", "report.json");
  }

  /** A table whose checkpoint takes a while, so that the second comes before it is whole. */
  @Test
  @Tag("slow")
  void aSecondCtrlCStopsAtOnceAndTheEarlierCheckpointIsWhole() throws Exception {
    TinyShop shop =
        TinyShop.in(folder)
            .with(
                "user: {type: categorical, dim: 4",
                "user: {type: categorical, dim: 64, hash_buckets: 200000");
    Path run = folder.resolve("impatient");
    try (Child child = start(shop, run)) {
      assertThat(child.awaitSaid("epoch 1/")).as(child.said()).isTrue();
      child.interrupt();
      assertThat(child.awaitSaid("Once more stops at once")).as(child.said()).isTrue();
      child.interrupt();
      assertThat(child.exitCode()).as(child.said()).isEqualTo(130);
      assertThat(child.said()).contains("Stopped.", "--resume");
    }
    assertThat(Folders.names(run.resolve("checkpoints"))).anyMatch(n -> n.startsWith("step-"));
    assertGoesOn(shop, run);
  }

  /** The log is a pipe into which nobody writes: reading it never ends. */
  @Test
  @Tag("slow")
  void aSignalBeforeTrainingBeginsStopsAtOnce() throws Exception {
    TinyShop shop = TinyShop.in(folder);
    Path log = Files.move(shop.train(), folder.resolve("aside.csv"));
    assertThat(new ProcessBuilder("mkfifo", shop.train().toString()).start().waitFor()).isZero();
    Path run = folder.resolve("early");
    try (Child child = start(shop, run)) {
      assertThat(child.await(() -> Files.exists(run.resolve(".lock")))).isTrue();
      child.signal("TERM");
      assertThat(child.exitCode()).as(child.said()).isEqualTo(130);
      assertThat(child.said()).contains("Stopped.").doesNotContain("Interrupted");
    }
    Files.move(log, shop.train(), StandardCopyOption.REPLACE_EXISTING);
    Map<String, String> resumed = train(shop, run, 2, "--resume");
    assertThat(resumed).isEqualTo(train(shop, folder.resolve("straight"), 2));
  }
}
