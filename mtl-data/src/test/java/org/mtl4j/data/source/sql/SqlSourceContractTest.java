package org.mtl4j.data.source.sql;

import org.mtl4j.testkit.BatchSourceContractTest;

/** Values of several kinds, missing ones among them, keep the contract. */
class SqlSourceContractTest extends BatchSourceContractTest {
  @Override
  protected SqlSource source() {
    return new SqlSource(
        SqlConfig.of(
            "select i, i + 9007199254740993 as id, if(i % 3 = 0, null, i / 7) as price,"
                + " if(i % 4 = 0, ' ', 'user ' || i) as name, date '2020-01-01' + i::int as day"
                + " from range(41) t(i)"));
  }
}
