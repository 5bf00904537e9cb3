package org.mtl4j.experiment.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Rows of two tasks that pull a shared item's vector to two sides, so that no epoch is best in
 * both.
 */
final class FrontRows {
  private FrontRows() {}

  static Path write(Path file, int rows, long seed) throws IOException {
    Random random = new Random(seed);
    List<String> lines = new ArrayList<>(List.of("user,item,click,dwell"));
    for (int i = 0; i < rows; i++) {
      int user = random.nextInt(40);
      int item = random.nextInt(30);
      boolean click = random.nextDouble() < 1 / (1 + Math.exp(-2 * Math.sin(item * 7 + user)));
      double dwell = 10 + 3 * Math.cos(item * 5) + random.nextGaussian();
      lines.add("u%d,i%d,%d,%s".formatted(user, item, click ? 1 : 0, dwell));
    }
    return Files.write(file, lines);
  }
}
