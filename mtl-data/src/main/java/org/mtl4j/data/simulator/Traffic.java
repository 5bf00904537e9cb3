package org.mtl4j.data.simulator;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.mtl4j.core.provenance.Seed;

/**
 * Who comes when and what is shown. A request depends on the seed and its own index alone, so a log
 * can be made from any place on; requests follow each other in time.
 */
final class Traffic {
  private static final double[] DEVICE_SHARES = Draws.cumulative(0.6, 0.3, 0.1);
  private static final double[] SLOT_SHARES = Draws.cumulative(0.4, 0.3, 0.3);

  private final Shop shop;
  private final long requests;
  private final Seed seed;

  /**
   * The traffic of a log.
   *
   * @param requests how many requests the log holds
   */
  Traffic(Shop shop, long requests, Seed seed) {
    this.shop = shop;
    this.requests = requests;
    this.seed = seed;
  }

  long requests() {
    return requests;
  }

  /** The draws of a request: first its visit, then its page, then what comes of it. */
  Draws draws(long request) {
    return new Draws(new Seed(seed.indexed(request)));
  }

  /** Draws when and how someone comes. */
  Visit visit(long request, Draws draws) {
    double time = (request + draws.uniform()) / requests;
    int user = shop.people().draw(time, draws);
    int device = draws.pick(DEVICE_SHARES, DEVICE_SHARES.length);
    int slot = draws.pick(SLOT_SHARES, SLOT_SHARES.length);
    return new Visit(request, wallClock(time * Visit.LOG_DAYS), user, device, slot);
  }

  /** Draws the items that a visit shows, all different, in the order of their positions. */
  List<Impression> page(Visit visit, Draws draws) {
    double time = (double) visit.index() / requests;
    int[] shown = new int[Visit.PAGE];
    Arrays.fill(shown, -1);
    for (int p = 0; p < shown.length; p++) {
      int item = shop.items().draw(time, draws);
      while (contains(shown, item)) {
        item = shop.items().draw(time, draws);
      }
      shown[p] = item;
    }
    return IntStream.range(0, shown.length)
        .mapToObj(p -> new Impression(visit, p + 1, shown[p]))
        .toList();
  }

  /** Bends even time so that evenings are busy and nights are not, without changing its order. */
  private static double wallClock(double day) {
    double whole = StrictMath.floor(day);
    double part = day - whole;
    double bent = part + 0.12 * StrictMath.sin(StrictMath.PI * part);
    return whole + Math.min(bent, Math.nextDown(1.0));
  }

  private static boolean contains(int[] values, int value) {
    for (int v : values) {
      if (v == value) {
        return true;
      }
    }
    return false;
  }
}
