package org.mtl4j.experiment.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.mtl4j.core.batch.EncodedData;
import org.mtl4j.core.batch.EncodedRows;
import org.mtl4j.core.batch.LabelColumn;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.core.file.Folders;
import org.mtl4j.core.task.Expression;
import org.mtl4j.core.task.FittedTask;
import org.mtl4j.core.task.LabelEncoding;
import org.mtl4j.core.task.SampleSpace;
import org.mtl4j.core.task.Task;
import org.mtl4j.core.task.TaskType;
import org.mtl4j.data.cache.RowCache;
import org.mtl4j.data.cache.RowFile;

/**
 * The made data of a training benchmark. Ids are drawn with density falling towards high ids, as
 * {@code vocabulary * u^3} for a uniform u, so that a few are frequent and most are rare; labels
 * are coin flips.
 *
 * @param config how much of it
 */
record TrainBenchData(TrainBenchConfig config) {
  private static final int BATCHES = 20;

  /**
   * Rows of {@value #BATCHES} batches in a mapped file that has lost its name, as training has
   * them.
   *
   * @throws MtlException of code IO if the folder for temporary files has no room
   */
  EncodedData mapped(SplittableRandom random) {
    try {
      Path folder = Files.createTempDirectory("mtl-bench-train-");
      try (RowCache cache = RowCache.in(folder, warning -> {});
          RowFile file = cache.file("rows")) {
        file.add(rows(random));
        return file.rows();
      } finally {
        Folders.delete(folder);
      }
    } catch (IOException e) {
      throw new MtlException(
          new Problem(
              ErrorCode.IO,
              System.getProperty("java.io.tmpdir"),
              "The benchmark's rows cannot be kept there: " + e + ".",
              "Make room there, or name another folder by JAVA_TOOL_OPTIONS=-Djava.io.tmpdir=FOLDER."),
          e);
    }
  }

  /** The tasks that the rows have labels of. */
  List<FittedTask> tasks() {
    return IntStream.range(0, config.model().tasks())
        .mapToObj(
            t ->
                new FittedTask(
                    new Task(
                        "task_" + t,
                        new TaskType.Binary(List.of()),
                        Expression.parse("label"),
                        SampleSpace.everywhere(),
                        Optional.empty(),
                        1),
                    new LabelEncoding.Indicator()))
        .toList();
  }

  private EncodedRows rows(SplittableRandom random) {
    int n = BATCHES * config.batch();
    List<int[]> ids = new ArrayList<>();
    for (int f = 0; f < config.fields(); f++) {
      int[] column = new int[n];
      for (int r = 0; r < n; r++) {
        int id = (int) (config.vocabulary() * Math.pow(random.nextDouble(), 3));
        column[r] = Math.min(config.vocabulary() - 1, id);
      }
      ids.add(column);
    }
    Map<String, LabelColumn> labels = new LinkedHashMap<>();
    for (FittedTask task : tasks()) {
      float[] label = new float[n];
      float[] weight = new float[n];
      boolean[] mask = new boolean[n];
      for (int r = 0; r < n; r++) {
        label[r] = random.nextInt(2);
        weight[r] = 1;
        mask[r] = true;
      }
      labels.put(task.name(), new LabelColumn(label, mask, weight));
    }
    return new EncodedRows(n, ids, List.of(), labels, Optional.empty());
  }
}
