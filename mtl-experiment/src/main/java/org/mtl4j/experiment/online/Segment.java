package org.mtl4j.experiment.online;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Copies of new records in an update's folder: those to train on, and behind them those to judge
 * by, which the next update begins with. So each record is trained on once, whatever became of the
 * file that it was in.
 */
final class Segment {
  private final GrowingFiles.Found found;
  private final Path folder;
  private final Map<String, FilePosition> next;
  private final Map<String, FilePosition> ends;
  private final List<String> train = new ArrayList<>();
  private final List<String> holdout = new ArrayList<>();

  private Segment(GrowingFiles.Found found, Path folder) {
    this.found = found;
    this.folder = folder;
    this.next = new LinkedHashMap<>(found.known());
    this.ends = new LinkedHashMap<>(found.known());
  }

  /**
   * Copies them.
   *
   * @param folder that they come into, with paths below it
   * @param share of the records to judge by, the last ones
   * @return paths below the folder, and where the next update begins
   */
  static UpdateRows copied(GrowingFiles.Found found, Path folder, double share) throws IOException {
    Segment segment = new Segment(found, folder);
    long train = Math.max(1, found.count() - Math.round(found.count() * share));
    long left = train;
    for (GrowingFiles.Part part : found.parts()) {
      left -= segment.copy(part, left);
    }
    return new UpdateRows(
        segment.train,
        segment.holdout,
        List.copyOf(segment.next.values()),
        List.copyOf(segment.ends.values()));
  }

  /**
   * Copies a file's records.
   *
   * @param most how many of them to train on
   * @return how many those are
   */
  private long copy(GrowingFiles.Part part, long most) throws IOException {
    FileScan.Records records = part.records();
    long count = Math.min(most, records.count());
    long end =
        count == records.count() ? records.to() : part.scan().records(records.from(), count).to();
    String name = part.scan().file().getFileName().toString();
    if (count > 0) {
      train.add(copy(part, "train", records.from(), end));
      next.put(name, new FilePosition(name, end, part.scan().marks(end)));
    }
    ends.put(name, new FilePosition(name, records.to(), part.scan().marks(records.to())));
    if (end < records.to()) {
      holdout.add(copy(part, "holdout", end, records.to()));
    }
    return count;
  }

  /** The number keeps the order, and equal names apart. */
  private String copy(GrowingFiles.Part part, String use, long from, long to) throws IOException {
    String name =
        String.format(
            Locale.ROOT,
            "rows/%s/%06d-%s",
            use,
            found.parts().indexOf(part) + 1,
            part.scan().name());
    Path copy = folder.resolve(name);
    Files.createDirectories(copy.getParent());
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(copy))) {
      part.scan().copy(0, part.header(), out);
      part.scan().copy(from, to, out);
    }
    return name;
  }
}
