package org.mtl4j.server.version;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The folder of a model, which has a folder a version. */
public final class BaseFolder {
  private static final Pattern DIGITS = Pattern.compile("\\d+");
  private static final List<String> MODELS = List.of("saved_model.pb", "saved_model.pbtxt");

  private final Path base;

  /** A model's folder, which need not be there yet. */
  public BaseFolder(Path base) {
    this.base = base;
  }

  /**
   * What a look found.
   *
   * @param versions by number those that have a model
   * @param warnings folders that are left out though their names are numbers
   */
  public record Look(SortedMap<Long, VersionFolder> versions, List<String> warnings) {
    /** Copies the containers. */
    public Look {
      versions = new TreeMap<>(versions);
      warnings = List.copyOf(warnings);
    }
  }

  /**
   * The versions that are there. Other names than numbers are ignored, and a folder without a model
   * may be one that is being copied.
   *
   * @throws IOException if the folder is not there, or cannot be read: not the same as one without
   *     versions
   */
  public Look look() throws IOException {
    SortedMap<Long, VersionFolder> versions = new TreeMap<>();
    List<String> warnings = new ArrayList<>();
    for (Path folder : folders()) {
      String name = folder.getFileName().toString();
      Optional<Long> version = version(name);
      if (version.isEmpty()) {
        warnings.add(
            "The version " + name + " is above the highest number, " + Long.MAX_VALUE + ".");
      } else if (versions.containsKey(version.get())) {
        Path first = versions.get(version.get()).folder();
        warnings.add(
            "%s and %s are the same version; the first is taken."
                .formatted(first.getFileName(), name));
      } else if (MODELS.stream().anyMatch(model -> Files.exists(folder.resolve(model)))) {
        files(folder)
            .ifPresent(
                files ->
                    versions.put(version.get(), new VersionFolder(version.get(), folder, files)));
      }
    }
    return new Look(versions, warnings);
  }

  private List<Path> folders() throws IOException {
    try (Stream<Path> found = Files.list(base)) {
      return found
          .filter(folder -> DIGITS.matcher(folder.getFileName().toString()).matches())
          .filter(Files::isDirectory)
          .sorted()
          .toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static Optional<Long> version(String digits) {
    try {
      return Optional.of(Long.parseLong(digits));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** Empty if the folder goes while it is looked at. */
  private static Optional<String> files(Path folder) {
    try (Stream<Path> found = Files.walk(folder)) {
      List<String> lines = new ArrayList<>();
      for (Path file : found.sorted().toList()) {
        if (Files.isRegularFile(file)) {
          lines.add(
              "%s %d %s"
                  .formatted(
                      folder.relativize(file), Files.size(file), Files.getLastModifiedTime(file)));
        }
      }
      return Optional.of(String.join("\n", lines));
    } catch (IOException | UncheckedIOException e) {
      return Optional.empty();
    }
  }
}
