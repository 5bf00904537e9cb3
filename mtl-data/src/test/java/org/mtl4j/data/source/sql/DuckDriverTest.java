package org.mtl4j.data.source.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

/** Rows of files come through JDBC where the driver has nothing else. */
class DuckDriverTest {
  @Test
  void theDriverOfThisReleaseHasChunks() throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        PreparedStatement statement = connection.prepareStatement("select 1")) {
      assertThat(DuckDriver.of(statement)).isPresent();
    }
  }

  @Test
  void anotherDriverHasNone() {
    Object statement =
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {PreparedStatement.class},
            (proxy, method, arguments) -> null);
    assertThat(DuckDriver.of((PreparedStatement) statement)).isEmpty();
  }
}
