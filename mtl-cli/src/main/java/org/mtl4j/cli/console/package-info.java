/** What a person sees: streams, tables, progress, problems. */
package org.mtl4j.cli.console;
