package org.mtl4j.data.source.sql;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import org.mtl4j.core.lookup.FeatureLookup;
import org.mtl4j.core.lookup.LookupTable;
import org.mtl4j.core.task.Columns;

/**
 * The rows of a query in any database that has a JDBC driver, as a lookup. It is asked for at most
 * 1,000 ids in one statement: {@code select ... from (QUERY) where KEY in (?, ...)}. Values are
 * read as by {@link SqlSource}. The key is a whole number, a decimal, text or a UUID, for databases
 * find such by an index whatever text they are given as.
 *
 * <p>A connection is opened for each thread that asks and kept for the next question; one that
 * broke meanwhile is replaced once.
 *
 * <p>Errors are those of {@link JdbcSource}, and {@code DATA_FORMAT} for an id with two rows and a
 * key of another type. None has the password in it.
 */
public final class JdbcLookupTable implements LookupTable {
  private static final int BLOCK = 4096;

  private final JdbcDatabase database;
  private final Query query;
  private final Columns columns;

  /**
   * Connects, and asks for the query's columns.
   *
   * @throws org.mtl4j.core.error.MtlException if there is no driver or no database, or it refuses
   *     the query
   */
  public JdbcLookupTable(JdbcLookupConfig config) {
    this.database = JdbcDatabase.ofLookup(config.connection());
    this.query = new Query(config.query().strip().replaceAll("[;\\s]+$", ""), "lookup.query", true);
    try (Session session = database.connect()) {
      this.columns = session.columns(query);
    }
  }

  @Override
  public Columns columns() {
    return columns;
  }

  @Override
  public FeatureLookup open(String key, List<String> wanted) {
    return JdbcLookup.open(database, query, key, wanted);
  }

  /**
   * Over names and types of the columns and all rows, whatever their order, which SQL does not
   * promise: a sum of hashes. It takes a pass over the whole query.
   */
  @Override
  public String fingerprint() {
    BigInteger sum = BigInteger.ZERO;
    long rows = 0;
    try (Session session = database.connect();
        QueryRows result = session.run(query)) {
      for (Optional<Block> block = result.next(BLOCK);
          block.isPresent();
          block = result.next(BLOCK)) {
        for (int row = 0; row < block.get().rowCount(); row++) {
          sum = sum.add(new BigInteger(1, hash(block.get(), row)));
        }
        rows += block.get().rowCount();
      }
    }
    String all = columns.all() + "\n" + rows + "\n" + sum.toString(16);
    return Hashing.sha256().hashString(all, UTF_8).toString();
  }

  @Override
  public boolean hasQuickFingerprint() {
    return false;
  }

  private static byte[] hash(Block block, int row) {
    Hasher hasher = Hashing.sha256().newHasher();
    for (Object column : block.values()) {
      if (column instanceof double[] numbers) {
        hasher.putDouble(numbers[row]);
      } else {
        String text = ((String[]) column)[row];
        hasher.putInt(text == null ? -1 : text.length());
        hasher.putUnencodedChars(text == null ? "" : text);
      }
    }
    return hasher.hash().asBytes();
  }
}
