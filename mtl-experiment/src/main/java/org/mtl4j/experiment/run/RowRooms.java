package org.mtl4j.experiment.run;

import java.nio.file.Path;
import org.mtl4j.core.metric.RowRoom;

/** What rows that are measured may take of the heap before they go to files. */
public final class RowRooms {
  /** Names of groups, items and slices have quarters beside it. */
  private static final double HEAP_SHARE = 0.5;

  private RowRooms() {}

  /**
   * Of an evaluation as an experiment says: half of the heap, and files in Java's temporary folder.
   */
  public static RowRoom ofExperiment() {
    return of("evaluation.group_by");
  }

  /**
   * The same of another evaluation.
   *
   * @param groupKey what names its groups, a key or an option
   */
  public static RowRoom of(String groupKey) {
    return new RowRoom(
        Path.of(System.getProperty("java.io.tmpdir")),
        (long) (HEAP_SHARE * Runtime.getRuntime().maxMemory()),
        groupKey);
  }
}
