package org.mtl4j.core.manifest;

import com.google.common.hash.Hashing;
import com.google.common.io.MoreFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

  /** What {@code mtl export --fusion} adds: candidates are ranked by it where nobody says. */
  public static final String FUSION = "fusion.json";

  private ExportFiles() {}

  /** The file of the fusion that an export has; empty if its manifest names none. */
  public static Optional<Path> fusion(Path export, ModelManifest manifest) {
    return manifest.files().containsKey(FUSION)
        ? Optional.of(export.resolve(FUSION))
        : Optional.empty();
  }

  /**
   * Sums of all files in a folder and below, by their paths in it with slashes; the manifest is
   * left out.
   */
  public static Map<String, ModelManifest.FileSum> sums(Path export) throws IOException {
    Map<String, ModelManifest.FileSum> sums = new TreeMap<>();
    for (Path file : files(export)) {
      String name = name(export, file);
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

  /** What a manifest says of one file of the export, as it is now. */
  public static ModelManifest.FileSum sumOf(Path export, String name) throws IOException {
    return sum(export.resolve(name));
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

  /**
   * Checks that a folder is an export as MTL4J wrote it and nothing more: its manifest is there,
   * every file is as the manifest says, no file, link or anything else is beside them, and its
   * certificate says that its numbers are the trainer's. Whoever can write to the folder can write
   * a manifest that agrees with it, too: this finds damage and mistakes, and no forger.
   *
   * @return the manifest
   * @throws MtlException FILE_MISSING if there is no manifest; EXPORT_INVALID with everything else
   */
  public static ModelManifest verify(Path export) {
    ModelManifest manifest = ManifestFile.read(export);
    List<Problem> problems = new ArrayList<>();
    manifest
        .files()
        .forEach((name, sum) -> problem(export.resolve(name), sum).forEach(problems::add));
    try (Stream<Path> entries = Files.walk(export)) {
      entries
          .filter(entry -> !Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS))
          .filter(entry -> isOther(export, manifest, entry))
          .forEach(entry -> problems.add(invalid(entry, "The manifest does not name this file.")));
    } catch (IOException | UncheckedIOException e) {
      problems.add(invalid(export, "The export cannot be read: " + e + "."));
    }
    if (!manifest.isCertified()) {
      problems.add(
          invalid(
              export.resolve(ModelManifest.FILE),
              "Expected a certificate that the export computes the trainer's numbers, found %s."
                  .formatted(manifest.certificate())));
    }
    if (!problems.isEmpty()) {
      throw new MtlException(problems);
    }
    return manifest;
  }

  /** Whether something is neither the manifest nor a file that it names; links are neither. */
  private static boolean isOther(Path export, ModelManifest manifest, Path entry) {
    String name = name(export, entry);
    return Files.isSymbolicLink(entry)
        || !(name.equals(ModelManifest.FILE) || manifest.files().containsKey(name));
  }

  private static String name(Path export, Path file) {
    return export.relativize(file).toString().replace('\\', '/');
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
