/** Binds the models for Guice. */
package org.mtl4j.models.wiring;
