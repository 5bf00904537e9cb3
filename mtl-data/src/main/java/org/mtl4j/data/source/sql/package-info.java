/** Rows of queries: DuckDB inside this process, or any database that has a JDBC driver. */
package org.mtl4j.data.source.sql;
