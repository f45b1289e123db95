"""One form for what people type: names, phones, addresses, postcodes, dates of birth and e-mail addresses.

Import the module of the thing you need (``normalise.names``, ``normalise.phones`` ...): importing this
package alone loads nothing.
"""
