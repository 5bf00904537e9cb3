package org.mtl4j.data.simulator;

import com.google.common.hash.Hashing;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.mtl4j.core.batch.BatchSource;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.batch.RawCursor;
import org.mtl4j.core.provenance.Seed;
import org.mtl4j.core.task.Columns;

/**
 * The log of a simulated shop over 30 days: pages of ten items, shown to people whose tastes are
 * known to us. A row is an impression; the rows of a request share {@code request_id}.
 *
 * <p>Columns for features: {@code user_id, segment, gender, age} of the person; {@code item_id,
 * category, brand, price, stock, popularity} (looks in the month before the log), {@code
 * item_age_days} of the item; {@code hour, device, slot, position} (1 to 10; clicks fall with it)
 * of the moment; and {@code time} in seconds, by which the rows are sorted. A tenth of the users
 * and of the items appear in the last nine days only.
 *
 * <p>Labels, each drawn given the one before and missing where that did not happen: {@code click}
 * (about 10 % of impressions), {@code dwell_seconds} and {@code cart} (about 20 % of clicks),
 * {@code purchase} (about 55 % of carts, 1.1 % of impressions), {@code rating} (1 to 5).
 *
 * <p>What they were drawn from stands in columns that begin with {@value #TRUTH_PREFIX}, on every
 * row: the probabilities {@code true_click}, {@code true_cart} (given a click), {@code
 * true_purchase} (given a cart), {@code true_through_cart}, {@code true_through_purchase}, and the
 * means {@code true_dwell} and {@code true_rating}. No feature may use them.
 *
 * <p>With a {@linkplain MarketConfig market} the items are those of the shop of that seed, less
 * alike the less is shared; the people are others and older, with ids of their own, and what is
 * clicked is another share.
 *
 * <p>A user's and an item's own tastes are four numbers each; most of them follows from the columns
 * above, the rest only an embedding of the id can learn. The true probabilities reach an AUC of
 * about .78 for clicks: no model can do better.
 */
public final class SimulatedSource implements BatchSource {
  /** Columns whose names begin so hold the truth and may not be features. */
  public static final String TRUTH_PREFIX = "true_";

  /** Raised when the same configuration begins to give other rows. */
  private static final int VERSION = 1;

  private static final int REQUESTS_FOR_RATES = 1_000;

  private final SimulatedConfig config;
  private final Shop shop;
  private final Traffic traffic;
  private final Funnel funnel;
  private final LogColumns columns;

  /** Draws the shop, its people and its items; the log itself is drawn while it is read. */
  public SimulatedSource(SimulatedConfig config) {
    this.config = config;
    Seed seed = new Seed(config.seed());
    shop = new Shop(config, seed.child("shop"));
    Seed log = config.market().map(of -> seed.child("market/" + of.seed())).orElse(seed);
    Traffic rehearsal = new Traffic(shop, REQUESTS_FOR_RATES, log.child("rates"));
    funnel = new Funnel(shop, Rates.fit(shop, rehearsal, config.market()));
    long requests = (config.impressions() + Visit.PAGE - 1L) / Visit.PAGE;
    traffic = new Traffic(shop, requests, log.child("requests"));
    columns = new LogColumns(shop);
  }

  @Override
  public Columns columns() {
    return columns.columns();
  }

  @Override
  public RawCursor open() {
    return new Cursor();
  }

  /**
   * Over the configuration and the version of the simulator; of a shop without conflict and market
   * as it ever was.
   */
  @Override
  public String fingerprint() {
    return Hashing.sha256()
        .hashString("simulated " + VERSION + " " + text(), StandardCharsets.UTF_8)
        .toString();
  }

  /**
   * Keys that are new since, where they are not used, leave a run of an earlier release its data.
   */
  private String text() {
    String text = config.toString().replace(", market=Optional.empty]", "]");
    return config.conflict() == 0 ? text.replace(", conflict=0.0", "") : text;
  }

  /** Every item's columns as they are when the log ends, to rank for a user. */
  public List<Map<String, Object>> catalogue() {
    return IntStream.range(0, config.items()).mapToObj(shop.items()::row).toList();
  }

  /** Every user's columns. */
  public List<Map<String, Object>> users() {
    return IntStream.range(0, config.users()).mapToObj(shop.people()::row).toList();
  }

  /** Makes one request after the other. */
  private final class Cursor implements RawCursor {
    private int position;
    private List<LogColumns.Row> page = List.of();
    private boolean closed;

    @Override
    public Optional<RawBatch> next(int maxRows) {
      if (closed) {
        throw new IllegalStateException("the cursor over the simulated log is closed");
      }
      int first = position;
      int count = Math.min(maxRows, config.impressions() - first);
      if (count <= 0) {
        return Optional.empty();
      }
      List<LogColumns.Row> rows =
          IntStream.range(first, first + count).mapToObj(this::row).toList();
      position += count;
      return Optional.of(
          new RawBatch(
              columns.columns(),
              count,
              first,
              columns.values(rows),
              row -> "simulated row " + (first + row)));
    }

    private LogColumns.Row row(int index) {
      int place = index % Visit.PAGE;
      if (place == 0) {
        page = page(index / Visit.PAGE);
      }
      return page.get(place);
    }

    private List<LogColumns.Row> page(long request) {
      Draws draws = traffic.draws(request);
      List<Impression> shown = traffic.page(traffic.visit(request, draws), draws);
      return shown.stream().map(impression -> row(impression, draws)).toList();
    }

    private LogColumns.Row row(Impression shown, Draws draws) {
      Truth truth = funnel.truth(shown);
      return new LogColumns.Row(shown, truth, Outcome.draw(truth, draws));
    }

    @Override
    public void close() {
      closed = true;
    }
  }
}
