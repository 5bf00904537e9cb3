package org.mtl4j.data.source;

import org.mtl4j.data.source.sql.DuckDbConfig;

/** What {@link CsvSourceContractTest} asks of the other engine, of this one. */
class DuckCsvContractTest extends CsvSourceContractTest {
  @Override
  protected CsvSource source() {
    return new CsvSource(CsvConfig.of(folder + "/log-*").byDuckDb(DuckDbConfig.DEFAULTS));
  }
}
