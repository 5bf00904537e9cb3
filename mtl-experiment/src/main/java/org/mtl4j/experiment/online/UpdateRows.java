package org.mtl4j.experiment.online;

import java.nio.file.Path;
import java.util.List;

/**
 * Whose rows an update takes.
 *
 * @param train files of rows to train on, or of all rows where none are held out in files
 * @param holdout files of rows to judge by; none: a share of the others, the latest
 * @param next where the next update begins in files that grow; none: they do not
 * @param ends where such files ended, behind the rows to judge by
 */
public record UpdateRows(
    List<String> train, List<String> holdout, List<FilePosition> next, List<FilePosition> ends) {
  /** Copies the lists. */
  public UpdateRows {
    train = List.copyOf(train);
    holdout = List.copyOf(holdout);
    next = List.copyOf(next);
    ends = List.copyOf(ends);
  }

  /** Files as somebody named them. */
  public static UpdateRows of(List<String> files) {
    return new UpdateRows(files, List.of(), List.of(), List.of());
  }

  /** The same by whole paths, where they are an update's own. */
  UpdateRows in(Path folder) {
    return areFollowed()
        ? new UpdateRows(below(folder, train), below(folder, holdout), next, ends)
        : this;
  }

  private static List<String> below(Path folder, List<String> names) {
    return names.stream().map(name -> folder.resolve(name).toString()).toList();
  }

  /** Whether the update has copies of its own of these rows. */
  boolean areFollowed() {
    return !next.isEmpty();
  }
}
