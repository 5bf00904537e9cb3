/** What Guice modules share: typed binders of open sets. */
package org.mtl4j.core.wiring;
