/** Typed Guice binders: the only place of core that knows Guice. */
package org.mtl4j.core.wiring;
