package org.mtl4j.core.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;

class ExportFilesTest {
  @TempDir Path folder;

  private Path export;

  @BeforeEach
  void export() throws IOException {
    export = Files.createDirectories(folder.resolve("1"));
    Files.createDirectories(export.resolve("assets"));
    Files.writeString(export.resolve("saved_model.pb"), "graph");
    Files.writeString(export.resolve("assets/vocabulary_user.txt"), "ann\n");
    write("binary", new ModelManifest.Certificate(256, 1e-7));
  }

  private ModelManifest write(String type, ModelManifest.Certificate certificate)
      throws IOException {
    ModelManifest manifest =
        new ModelManifest(
            ModelManifest.FORMAT,
            "shop",
            "1",
            List.of(),
            List.of(),
            List.of(new ModelManifest.Output("click", type, "P(click)", List.of())),
            Explanation.NONE,
            List.of(),
            Map.of(),
            certificate,
            ExportFiles.sums(export));
    ManifestFile.write(export, manifest);
    return manifest;
  }

  private List<Problem> problems() {
    MtlException failure =
        catchThrowableOfType(MtlException.class, () -> ExportFiles.verify(export));
    assertThat(failure).isNotNull();
    return failure.problems();
  }

  private void refused(String where, String what) {
    assertThat(problems()).hasSize(1);
    assertThat(problems().get(0).code()).isEqualTo(ErrorCode.EXPORT_INVALID);
    assertThat(problems().get(0).where()).endsWith(where);
    assertThat(problems().get(0).what()).contains(what);
  }

  @Test
  void exportAsItWasWrittenIsVerified() throws IOException {
    assertThat(ExportFiles.verify(export)).isEqualTo(ManifestFile.read(export));
  }

  @Test
  void folderWithoutAManifestIsRefused() throws IOException {
    Files.delete(export.resolve(ModelManifest.FILE));
    assertThat(problems()).extracting(Problem::code).containsExactly(ErrorCode.FILE_MISSING);
  }

  @Test
  void fileThatTheManifestDoesNotNameIsRefused() throws IOException {
    Files.writeString(export.resolve("assets/more.txt"), "");
    refused("more.txt", "does not name");
  }

  /** What it points at can be another file later. */
  @Test
  void linkIsRefusedEvenWhereItsFileIsRight() throws IOException {
    Path file = export.resolve("saved_model.pb");
    Files.createSymbolicLink(file, Files.move(file, folder.resolve("elsewhere")));
    refused("saved_model.pb", "does not name");
  }

  @Test
  void changedAndMissingFilesAreAllSaid() throws IOException {
    Files.writeString(export.resolve("saved_model.pb"), "grapf");
    Files.delete(export.resolve("assets/vocabulary_user.txt"));
    assertThat(problems())
        .extracting(Problem::what)
        .satisfiesExactlyInAnyOrder(
            what -> assertThat(what).contains("SHA-256"),
            what -> assertThat(what).contains("found none"));
  }

  /** 1e-6 + 1e-5 |b|, where no probability b is above 1. */
  @Test
  void differenceBeyondTheToleranceIsRefused() throws IOException {
    write("binary", new ModelManifest.Certificate(256, 1.1e-5));
    assertThat(ExportFiles.verify(export)).isNotNull();
    write("binary", new ModelManifest.Certificate(256, 1.2e-5));
    refused(ModelManifest.FILE, "certificate");
    write("regression", new ModelManifest.Certificate(256, 1.2e-5));
    assertThat(ExportFiles.verify(export)).isNotNull();
    write("regression", new ModelManifest.Certificate(256, Double.NaN));
    refused(ModelManifest.FILE, "certificate");
    write("binary", new ModelManifest.Certificate(0, 0));
    refused(ModelManifest.FILE, "certificate");
  }
}
