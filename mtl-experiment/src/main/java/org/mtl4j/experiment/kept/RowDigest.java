package org.mtl4j.experiment.kept;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import org.mtl4j.core.batch.LabelColumn;

/**
 * A hash of the rows that have a say in an output, in their order: the record, label, example
 * weight and group of each, and nothing of what was predicted. Two runs whose hashes are equal were
 * measured on the same rows by the same labels.
 */
final class RowDigest {
  private final MessageDigest sha256;

  RowDigest() {
    try {
      sha256 = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  void add(long[] records, LabelColumn labels, Optional<int[]> groups) {
    int width = labels.width();
    int row = Long.BYTES + Float.BYTES * (width + 1) + Integer.BYTES;
    ByteBuffer bytes = KeptFormat.allocate(Math.multiplyExact(row, records.length));
    for (int r = 0; r < records.length; r++) {
      if (labels.mask()[r]) {
        bytes.putLong(records[r]);
        for (int c = 0; c < width; c++) {
          bytes.putFloat(labels.labels()[r * width + c]);
        }
        bytes.putFloat(labels.weights()[r]);
        bytes.putInt(groups.isPresent() ? groups.get()[r] : -1);
      }
    }
    sha256.update(bytes.flip());
  }

  String hex() {
    return HexFormat.of().formatHex(sha256.digest());
  }
}
