/** The contract of Guice modules that bind parts. */
package org.mtl4j.testkit.wiring;
