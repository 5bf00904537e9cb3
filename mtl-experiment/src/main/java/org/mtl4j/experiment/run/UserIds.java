package org.mtl4j.experiment.run;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.hash.BloomFilter;
import com.google.common.hash.Funnels;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.schema.CategoricalFeature;
import org.mtl4j.core.schema.FeatureGroup;
import org.mtl4j.core.schema.FeatureSpec;
import org.mtl4j.core.task.Columns;

/**
 * Takes note of the users among an experiment's rows of all splits, in memory that does not grow:
 * the values of {@code evaluation.group_by}, of the {@code data.query_group} of tasks that rank, of
 * {@code evaluation.cold}, and of categorical features of the group user.
 */
final class UserIds {
  /** With so many users one id in a hundred is taken for one of them; with more, more are. */
  private static final int EXPECTED = 1_000_000;

  private static final double FALSE_POSITIVES = 0.01;

  /** Up to so many are remembered until their number is known, and the filter is no larger. */
  private static final int FEW = 50_000;

  private final List<String> names;
  private final int[] columns;
  private final Set<String> few = new HashSet<>();
  private Optional<BloomFilter<CharSequence>> many = Optional.empty();

  UserIds(ExperimentPlan plan, Columns columns) {
    Set<String> found = new LinkedHashSet<>();
    plan.config().evaluation().groupBy().ifPresent(found::add);
    plan.queryGroup().ifPresent(found::add);
    found.addAll(plan.config().evaluation().cold());
    for (FeatureSpec feature : plan.features()) {
      boolean user = feature.group().filter(FeatureGroup.USER::equals).isPresent();
      if (user && feature instanceof CategoricalFeature id) {
        found.addAll(id.columns());
      }
    }
    this.names = List.copyOf(found);
    this.columns = found.stream().mapToInt(columns::indexOf).toArray();
  }

  /** Looks at a block of rows of any split. */
  void observe(RawBatch rows) {
    for (int column : columns) {
      for (int row = 0; row < rows.rowCount(); row++) {
        String id = rows.text(column, row);
        if (id != null) {
          add(id);
        }
      }
    }
  }

  private void add(String id) {
    if (many.isPresent()) {
      many.get().put(id);
    } else if (few.add(id) && few.size() > FEW) {
      many = Optional.of(filter(EXPECTED));
      few.clear();
    }
  }

  /** A filter of those remembered. */
  private BloomFilter<CharSequence> filter(int expected) {
    BloomFilter<CharSequence> filter =
        BloomFilter.create(Funnels.stringFunnel(UTF_8), expected, FALSE_POSITIVES);
    few.forEach(filter::put);
    return filter;
  }

  /** What was noted so far. */
  Seen seen() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      many.orElseGet(() -> filter(Math.max(1, few.size()))).writeTo(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Seen(names, Base64.getEncoder().encodeToString(bytes.toByteArray()));
  }

  /**
   * The users among some rows, as a Bloom filter: an id that is there is never denied, one that is
   * not is seldom taken for one that is (Bloom 1970).
   *
   * @param columns where they stood; none: nobody looked
   * @param filter Guava's bytes in Base64
   */
  record Seen(List<String> columns, String filter) {
    /** Whether rows with an id in a column may be there; always where nobody looked at it. */
    Predicate<String> holding(String column) {
      if (!columns.contains(column)) {
        return id -> true;
      }
      byte[] bytes = Base64.getDecoder().decode(filter);
      try {
        return BloomFilter.readFrom(new ByteArrayInputStream(bytes), Funnels.stringFunnel(UTF_8))
            ::mightContain;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
