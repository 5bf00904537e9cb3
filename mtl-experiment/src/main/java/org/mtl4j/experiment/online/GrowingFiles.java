package org.mtl4j.experiment.online;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.mtl4j.core.file.Folders;

/**
 * A file, or those of a folder in the order of their names, that records are added to. A record
 * whose end is not there yet waits. A file that was renamed is known again by what was taken of it;
 * one that was begun anew under its name is read from its beginning.
 *
 * @param place the file or folder
 * @param format of the records
 * @param notes takes a sentence on each file that is not simply longer than before
 */
record GrowingFiles(Path place, FollowedFormat format, Consumer<String> notes) {
  /**
   * New whole records of a file.
   *
   * @param scan the file
   * @param header bytes at its beginning that are no record
   * @param records where they are
   */
  record Part(FileScan scan, long header, FileScan.Records records) {}

  /**
   * What there is to take.
   *
   * @param parts of files, in their order
   * @param known how far all files were read before, by the names that they have now
   */
  record Found(List<Part> parts, Map<String, FilePosition> known) {
    Found {
      parts = List.copyOf(parts);
      known = new LinkedHashMap<>(known);
    }

    /** Number of records. */
    long count() {
      return parts.stream().mapToLong(part -> part.records().count()).sum();
    }
  }

  /**
   * Looks at the files.
   *
   * @param positions how far they were read
   * @throws IOException if one cannot be read
   */
  Found look(List<FilePosition> positions) throws IOException {
    Map<String, FilePosition> known = known(positions);
    List<Part> parts = new ArrayList<>();
    for (Path file : files()) {
      FileScan scan = new FileScan(file, format);
      long header = scan.headerEnd();
      FilePosition position = known.get(name(file));
      long from = position == null ? header : Math.max(header, position.position());
      if (format.header() && header == 0) {
        continue; // The names of its columns are not all there.
      }
      FileScan.Records records = scan.records(from);
      if (records.count() > 0) {
        parts.add(new Part(scan, header, records));
      }
    }
    return new Found(parts, known);
  }

  /** Under the names that files have now; of a file that is gone nothing is left to be known. */
  private Map<String, FilePosition> known(List<FilePosition> positions) throws IOException {
    Map<String, FilePosition> known = new LinkedHashMap<>();
    List<FilePosition> lost = new ArrayList<>();
    for (FilePosition position : positions) {
      Path file = resolve(position.file());
      if (Files.isRegularFile(file) && new FileScan(file, format).continues(position)) {
        known.put(position.file(), position);
      } else {
        lost.add(position);
      }
    }
    for (FilePosition position : lost) {
      Optional<Path> renamed = renamed(position, known);
      String found = renamed.map(file -> "it is " + name(file) + " now").orElse("its end is lost");
      if (renamed.isPresent()) {
        known.put(name(renamed.get()), at(name(renamed.get()), position));
      }
      if (Files.exists(resolve(position.file()))) {
        notes.accept(
            "%s was begun anew and is read from its beginning; of what was there, %s"
                .formatted(position.file(), found));
      } else {
        notes.accept("%s is not there any more; %s".formatted(position.file(), found));
      }
    }
    return known;
  }

  private static FilePosition at(String name, FilePosition position) {
    return new FilePosition(name, position.position(), position.marks());
  }

  private Optional<Path> renamed(FilePosition position, Map<String, FilePosition> known)
      throws IOException {
    for (Path file : files()) {
      if (!known.containsKey(name(file))
          && position.position() > 0
          && new FileScan(file, format).continues(position)) {
        return Optional.of(file);
      }
    }
    return Optional.empty();
  }

  private Path resolve(String name) {
    return Files.isDirectory(place) ? place.resolve(name) : place.resolveSibling(name);
  }

  private static String name(Path file) {
    return file.getFileName().toString();
  }

  private List<Path> files() throws IOException {
    if (!Files.isDirectory(place)) {
      return Files.isRegularFile(place) ? List.of(place) : List.of();
    }
    return Folders.list(place).stream()
        .filter(file -> Files.isRegularFile(file) && !isOther(name(file)) && !isCopy(file))
        .sorted(Comparator.comparing(GrowingFiles::name))
        .toList();
  }

  /** Packed, with what was packed still beside it. */
  private boolean isCopy(Path file) {
    String unpacked = new FileScan(file, format).name();
    return !unpacked.equals(name(file)) && Files.exists(file.resolveSibling(unpacked));
  }

  /** Hidden, or on its way here. */
  private static boolean isOther(String name) {
    return name.matches("\\..*|.*\\.(tmp|part)");
  }
}
