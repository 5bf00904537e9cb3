/** What tests of several modules share: contract tests of the house's interfaces, seeded inputs. */
package org.mtl4j.testkit;
