package org.mtl4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.cli.Cli.Ran;
import org.mtl4j.core.file.FolderLock;
import org.mtl4j.testkit.Folders;

/** The same command twice at once on one output: what comes out is right, or refused. */
class ConcurrentCommandsTest {
  private static final int AT_ONCE = 3;

  @TempDir private static Path folder;

  private static TinyShop shop;
  private static Path run;

  @BeforeAll
  static void trainOnce() throws IOException {
    shop = TinyShop.in(folder);
    run = folder.resolve("run");
    Ran trained = Cli.run("train", shop.experiment().toString(), "--output", run.toString());
    assertThat(trained.exitCode()).as(trained.err()).isZero();
  }

  private static String[] export(Path models) {
    return new String[] {"export", "--run", run.toString(), "--to", models.toString()};
  }

  private static String[] predict(Path output) {
    return new String[] {
      "predict",
      "--run",
      run.toString(),
      "--data",
      shop.test().toString(),
      "--output",
      output.toString()
    };
  }

  private static void assertInUse(Ran ran, Path output, String remedy) {
    assertThat(ran.exitCode()).as(ran.err()).isEqualTo(2);
    assertThat(ran.err())
        .contains("error: " + output, "in use: this process writes", "Wait until that has ended")
        .contains(remedy);
  }

  /** Started at the same moment; those that were refused said why. The number of the others. */
  private static int atOnce(String... args) throws Exception {
    CyclicBarrier barrier = new CyclicBarrier(AT_ONCE);
    ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
    try {
      List<Future<Ran>> all = new ArrayList<>();
      for (int i = 0; i < AT_ONCE; i++) {
        all.add(
            threads.submit(
                () -> {
                  barrier.await();
                  return Cli.run(args);
                }));
      }
      int done = 0;
      for (Future<Ran> one : all) {
        Ran ran = one.get();
        if (ran.exitCode() == 0) {
          done++;
        } else {
          assertThat(ran.exitCode()).as(ran.err()).isEqualTo(2);
          assertThat(ran.err()).containsAnyOf("in use: ", "is there already");
        }
      }
      return done;
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void exportsIntoOneFolderAreRefusedWhileOneIsUnderWay() throws IOException {
    Path models = Files.createDirectory(folder.resolve("taken"));
    FolderLock lock = FolderLock.take(models).orElseThrow();
    try {
      assertInUse(Cli.run(export(models)), models, "choose another folder with --to.");
      assertThat(Folders.names(models)).containsExactly(FolderLock.FILE);
    } finally {
      lock.close();
    }
    assertThat(Cli.run(export(models)).exitCode()).isZero();
    assertThat(Folders.names(models)).containsExactly("1");
  }

  @Test
  void exportsAtOnceLeaveAWholeVersionEach() throws Exception {
    Path models = folder.resolve("models");
    int done = atOnce(export(models));
    assertThat(done).isPositive();
    assertThat(Folders.names(models)).hasSize(done);
    for (int version = 1; version <= done; version++) {
      assertThat(Folders.content(models.resolve(Integer.toString(version))))
          .isEqualTo(Folders.content(run.resolve("export").resolve("1")));
    }
  }

  @Test
  void predictionsIntoOneFileAreRefusedWhileOneIsUnderWay() throws IOException {
    Path output = Files.createDirectory(folder.resolve("outputs")).resolve("p.csv");
    FolderLock lock = FolderLock.takeFile(output).orElseThrow();
    try {
      assertInUse(Cli.run(predict(output)), output, "choose another name.");
      Path other = output.resolveSibling("other.csv");
      assertThat(Cli.run(predict(other)).exitCode()).isZero();
    } finally {
      lock.close();
    }
    assertThat(Folders.names(output.getParent())).containsExactly("other.csv");
  }

  @Test
  void predictionsAtOnceAreWrittenOnce() throws Exception {
    Path output = Files.createDirectory(folder.resolve("at-once")).resolve("p.csv");
    assertThat(atOnce(predict(output))).isEqualTo(1);
    Path alone = folder.resolve("alone.csv");
    assertThat(Cli.run(predict(alone)).exitCode()).isZero();
    assertThat(output).hasSameTextualContentAs(alone);
    assertThat(Folders.names(output.getParent())).containsExactly("p.csv");
  }

  @Test
  void quickstartsInOneFolderAreRefusedWhileOneIsUnderWay() throws IOException {
    Path output = Files.createDirectory(folder.resolve("quickstart"));
    FolderLock lock = FolderLock.take(output).orElseThrow();
    try {
      assertInUse(
          Cli.run("quickstart", "--output", output.toString()),
          output,
          "choose another folder with --output.");
      assertThat(Folders.names(output)).containsExactly(FolderLock.FILE);
    } finally {
      lock.close();
    }
  }
}
