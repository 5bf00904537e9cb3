package org.mtl4j.data.dataset;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.mtl4j.core.batch.BatchSource;
import org.mtl4j.core.task.Expression;
import org.mtl4j.testkit.BatchSourceContractTest;

/** Rules that keep every row: with fewer, records no longer count without gaps. */
class RuledSourceContractTest extends BatchSourceContractTest {
  @Override
  protected RuledSource source() {
    List<Map<String, Integer>> rows = IntStream.range(0, 25).mapToObj(x -> Map.of("x", x)).toList();
    RowRules rules =
        new RowRules(
            Optional.of(Expression.parse("half >= 0")),
            true,
            Map.of("half", Expression.parse("x / 2")));
    return new RuledSource(BatchSource.of(rows), rules);
  }
}
