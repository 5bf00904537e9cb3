package org.mtl4j.experiment.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Random;
import org.mtl4j.core.metric.EvaluationRows;
import org.mtl4j.core.metric.NumberList;
import org.mtl4j.core.metric.Numbers;

/**
 * Made rows of a binary output, always the same of the same size: a tenth are positives, which
 * score a little higher. Few scores are equal, as a model's are.
 *
 * @param scores in [0, 1)
 * @param labels 0 or 1
 * @param users the group of each row
 */
record EvaluateRows(Numbers scores, Numbers labels, int[] users) {
  private static final int SEED = 7;
  private static final double POSITIVES = 0.1;
  private static final float LEAD = 0.2f;
  private static final int BUFFER = 1 << 20;

  static EvaluateRows make(int rows, int userCount) {
    Random random = new Random(SEED);
    NumberList scores = new NumberList();
    NumberList labels = new NumberList();
    int[] users = new int[rows];
    for (int row = 0; row < rows; row++) {
      boolean positive = random.nextDouble() < POSITIVES;
      labels.add(positive ? 1 : 0);
      scores.add((1 - LEAD) * random.nextFloat() + (positive ? LEAD * random.nextFloat() : 0));
      users[row] = random.nextInt(userCount);
    }
    return new EvaluateRows(scores.numbers(), labels.numbers(), users);
  }

  /** Rows whose order nobody has asked for yet. */
  EvaluationRows unsorted() {
    return new EvaluationRows(
        scores, 1, labels, Numbers.same(1, scores.size()), Optional.of(users));
  }

  /** All scores as float32, little-endian, then all labels, a byte each. */
  void write(Path file) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      ByteBuffer buffer = ByteBuffer.allocate(BUFFER).order(ByteOrder.LITTLE_ENDIAN);
      for (int row = 0; row < scores.size(); row++) {
        drain(buffer, channel, Float.BYTES);
        buffer.putFloat((float) scores.get(row));
      }
      for (int row = 0; row < labels.size(); row++) {
        drain(buffer, channel, 1);
        buffer.put((byte) labels.get(row));
      }
      drain(buffer, channel, BUFFER);
    }
  }

  /** Makes room for so many bytes. */
  private static void drain(ByteBuffer buffer, FileChannel channel, int bytes) throws IOException {
    if (buffer.remaining() < bytes) {
      buffer.flip();
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      buffer.clear();
    }
  }
}
