package org.mtl4j.server.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.core.manifest.ModelManifest;
import org.mtl4j.server.config.ServedModel;
import org.mtl4j.server.execution.Computation;
import org.mtl4j.server.request.ModelAddress;
import org.mtl4j.server.request.RequestException;
import org.mtl4j.server.request.StatusCode;
import org.mtl4j.serving.tensor.Signature;

/** What is served, while it is loaded and as it changes, with versions that compute nothing. */
class ModelChangesTest {
  private static final Duration NEVER = Duration.ZERO;

  @TempDir private Path folder;

  private final CountDownLatch gate = new CountDownLatch(1);
  private final CountDownLatch entered = new CountDownLatch(1);
  private final BlockingQueue<String> events = new LinkedBlockingQueue<>();

  /** A version of which nothing but its end is seen. */
  private Servable servable(Path version) {
    return new Servable() {
      @Override
      public SortedMap<String, Signature> signatures() {
        return new TreeMap<>();
      }

      @Override
      public Computation computation(String signature) {
        throw new IllegalArgumentException(signature);
      }

      @Override
      public Optional<ModelManifest> manifest() {
        return Optional.empty();
      }

      @Override
      public void close() {
        events.add("closed " + folder.relativize(version));
      }
    };
  }

  /** The model "slow" loads when the gate opens; telling of the model "bad" fails. */
  private Models models(Duration poll, Duration ending) {
    return new Models(
        (model, version) -> {
          if (model.equals("slow")) {
            entered.countDown();
            try {
              gate.await();
            } catch (InterruptedException e) {
              throw new IllegalStateException(e);
            }
          }
          return servable(version.folder());
        },
        new Models.Options(
            poll,
            BackOff.DEFAULT,
            InstantSource.system(),
            new Models.Waits(Duration.ofMinutes(1), ending)),
        new ModelEvents() {
          @Override
          public void available(String model, long version, long nanos) {
            if (model.equals("bad")) {
              throw new IllegalStateException("nobody can be told");
            }
          }

          @Override
          public void warned(String model, String warning) {
            events.add(model + ": " + warning);
          }
        });
  }

  private ServedModel model(String name, String base) {
    return ServedModel.latest(name, folder.resolve(base));
  }

  private void write(String version) throws IOException {
    Path made = folder.resolve(version + ".unfinished");
    Files.createDirectories(made);
    Files.writeString(made.resolve("saved_model.pb"), "");
    Files.move(made, folder.resolve(version));
  }

  private static void assertCode(Models models, String model, StatusCode code) {
    assertThatThrownBy(() -> models.lease(ModelAddress.latest(model)))
        .isInstanceOfSatisfying(RequestException.class, e -> assertThat(e.code()).isEqualTo(code));
    assertThatThrownBy(() -> models.status(ModelAddress.latest("none")))
        .isInstanceOfSatisfying(
            RequestException.class, e -> assertThat(e.code()).isEqualTo(StatusCode.NOT_FOUND));
  }

  @Test
  void whatIsBeingLoadedIsUnavailableAndWhatIsNotThereIsNotFound() throws Exception {
    write("slow/1");
    Files.createDirectory(folder.resolve("empty"));
    Models models = models(NEVER, Duration.ofMinutes(1));
    List<ServedModel> both = List.of(model("slow", "slow"), model("empty", "empty"));
    models.expect(both);
    assertCode(models, "slow", StatusCode.UNAVAILABLE);
    assertCode(models, "empty", StatusCode.UNAVAILABLE);
    assertThatThrownBy(() -> models.status(ModelAddress.latest("slow")))
        .hasMessage("Servable is being loaded for request: Latest(slow)");
    assertCode(models, "none", StatusCode.NOT_FOUND);
    CompletableFuture<Void> configured =
        CompletableFuture.runAsync(
            () -> models.configure(both), work -> new Thread(work, "configure").start());
    entered.await();
    assertCode(models, "slow", StatusCode.UNAVAILABLE);
    gate.countDown();
    configured.get();
    models.lease(ModelAddress.latest("slow")).close();
    assertCode(models, "empty", StatusCode.NOT_FOUND);
    assertThatThrownBy(() -> models.lease(ModelAddress.of("slow", 2)))
        .hasMessageStartingWith("Servable not found");
    models.close();
  }

  /** The new folder was empty when it was named. */
  @Test
  void aModelMovesOnceItsNewFolderHasAVersion() throws Exception {
    write("old/7");
    Files.createDirectory(folder.resolve("new"));
    Models models = models(Duration.ofMillis(1), Duration.ofMinutes(1));
    models.configure(List.of(model("half", "old")));
    models.configure(List.of(model("half", "new")));
    assertThat(models.served().get("half").base()).isEqualTo(folder.resolve("old"));
    models.lease(ModelAddress.of("half", 7)).close();
    write("new/3");
    assertThat(events.take()).isEqualTo("closed old/7");
    assertThat(models.served().get("half").base()).isEqualTo(folder.resolve("new"));
    models.lease(ModelAddress.of("half", 3)).close();
    models.close();
  }

  @Test
  void aModelThatIsToMoveStaysWhenItsOldFolderIsNamedAgain() throws Exception {
    write("old/7");
    Files.createDirectory(folder.resolve("new"));
    Models models = models(NEVER, Duration.ofMinutes(1));
    models.configure(List.of(model("half", "old")));
    models.configure(List.of(model("half", "new")));
    models.configure(List.of(model("half", "old")));
    write("new/3");
    models.configure(List.of(model("half", "old")));
    models.lease(ModelAddress.of("half", 7)).close();
    models.configure(List.of(model("half", "new")));
    models.lease(ModelAddress.of("half", 3)).close();
    models.close();
  }

  /** Both models are to move, and looking at the second one's new folder fails. */
  @Test
  void aChangeThatFailsLeavesNothingBehind() throws Exception {
    write("old/7");
    write("good/7");
    write("worse/1");
    Files.createDirectory(folder.resolve("none"));
    Models models = models(NEVER, Duration.ofMinutes(1));
    models.configure(List.of(model("half", "old"), model("bad", "none")));
    assertThatThrownBy(
            () -> models.configure(List.of(model("half", "good"), model("bad", "worse"))))
        .hasRootCauseMessage("nobody can be told");
    assertThat(List.of(events.take(), events.take()))
        .containsExactlyInAnyOrder("closed good/7", "closed worse/1");
    assertThat(models.served().get("half").base()).isEqualTo(folder.resolve("old"));
    models.lease(ModelAddress.of("half", 7)).close();
    models.close();
    assertThat(events.take()).isEqualTo("closed old/7");
  }

  @Test
  void aHoldThatIsNotEndedKeepsNobodyAndIsTold() throws Exception {
    write("old/7");
    Models models = models(NEVER, Duration.ofMillis(500));
    models.configure(List.of(model("half", "old")));
    Lease held = models.lease(ModelAddress.latest("half"));
    models.close();
    assertThat(events.take())
        .matches(
            "half: (Still held: version 7 \\(requests: 1\\)|A version is still being loaded);"
                + " nobody waits for that any longer\\.");
    held.close();
    assertThat(events.take()).isEqualTo("closed old/7");
  }

  @Test
  void aVersionThatIsBeingLoadedKeepsNobodyEither() throws Exception {
    write("slow/1");
    Models models = models(NEVER, Duration.ZERO);
    CompletableFuture<Void> configured =
        CompletableFuture.runAsync(
            () -> models.configure(List.of(model("slow", "slow"))),
            work -> new Thread(work, "configure").start());
    entered.await();
    models.close();
    assertThat(events.take())
        .isEqualTo("slow: A version is still being loaded; nobody waits for that any longer.");
    assertThatThrownBy(() -> models.configure(List.of(model("slow", "slow"))))
        .hasMessage("The server is being stopped.");
    gate.countDown();
    assertThat(events.take()).isEqualTo("closed slow/1");
    configured.get();
  }
}
