package org.mtl4j.core.manifest;

import com.google.common.hash.Hashing;
import com.google.common.io.MoreFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;

/**
 * The files of an export: what they hold when it is written, and whether they still do when it is
 * loaded. TensorFlow loads a changed variable or vocabulary without a word; this does not.
 */
public final class ExportFiles {
  /**
   * The requests that a server answers before it serves, as TensorFlow Serving reads them; rows of
   * the training data are in it, so that an export may lack it.
   */
  public static final String WARM_UP = "assets.extra/tf_serving_warmup_requests";

  private ExportFiles() {}

  /**
   * Sums of all files in a folder and below, by their paths in it with slashes; the manifest is
   * left out.
   */
  public static Map<String, ModelManifest.FileSum> sums(Path export) throws IOException {
    Map<String, ModelManifest.FileSum> sums = new TreeMap<>();
    for (Path file : files(export)) {
      String name = export.relativize(file).toString().replace('\\', '/');
      if (!name.equals(ModelManifest.FILE)) {
        sums.put(name, sum(file));
      }
    }
    return sums;
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> entries = Files.walk(folder)) {
      return entries.filter(Files::isRegularFile).collect(Collectors.toList());
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static ModelManifest.FileSum sum(Path file) throws IOException {
    return new ModelManifest.FileSum(
        Files.size(file), MoreFiles.asByteSource(file).hash(Hashing.sha256()).toString());
  }

  /**
   * Checks every file that the manifest names. Files beside them are none of its business.
   *
   * @throws MtlException EXPORT_INVALID with a problem for each file that is missing or changed
   */
  public static void check(Path export, ModelManifest manifest) {
    List<Problem> problems =
        manifest.files().entrySet().stream()
            .flatMap(file -> problem(export.resolve(file.getKey()), file.getValue()))
            .toList();
    if (!problems.isEmpty()) {
      throw new MtlException(problems);
    }
  }

  private static Stream<Problem> problem(Path file, ModelManifest.FileSum expected) {
    if (!Files.isRegularFile(file)) {
      return Stream.of(invalid(file, "Expected this file of the export, found none."));
    }
    try {
      long bytes = Files.size(file);
      if (bytes != expected.bytes()) {
        return Stream.of(
            invalid(
                file,
                "The file was changed after the export: expected %d bytes, found %d."
                    .formatted(expected.bytes(), bytes)));
      }
      String sha256 = sum(file).sha256();
      return sha256.equals(expected.sha256())
          ? Stream.empty()
          : Stream.of(
              invalid(
                  file,
                  "The file was changed after the export: expected the SHA-256 %s, found %s."
                      .formatted(expected.sha256(), sha256)));
    } catch (IOException e) {
      return Stream.of(invalid(file, "The file of the export cannot be read: " + e + "."));
    }
  }

  private static Problem invalid(Path file, String what) {
    return new Problem(
        ErrorCode.EXPORT_INVALID,
        file.toString(),
        what,
        "Export the run again with mtl export, or bring the file back as it was.");
  }
}
